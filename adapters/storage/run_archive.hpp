// A run as one file, `.tar.gz`: written from its folder, and read back as far as other commands need it.
#pragma once

#include "runner/failure.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace parley {

// What an archive from anywhere may ask of this machine.
struct unpack_limits {
  std::uint64_t bytes = std::uint64_t{16} << 30U;  // of everything in it, unpacked
  std::uint64_t entries = 1'000'000;
};

struct packed_run {
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;            // of the archive
  std::vector<std::string> left_out;  // links, sockets and the like
};

// Whether a file looks like an archive, by its first bytes or its name.
bool is_run_archive(std::string const& path);

// Everything in `directory`, below a folder `name`, in the order of names; a file of that name is replaced
// only once the new one is whole. Missing folders are made. Failure: unreadable.
outcome<packed_run> pack_run(std::string const& directory, std::string const& name,
                             std::string const& archive);

// Puts the journal of the one run in `archive`, and its baseline, into the folder `into`; the rest is only
// looked at. Links, absolute names, `..` and more than the limits are a failure that names archive and entry.
outcome<void> unpack_run(std::string const& archive, std::string const& into,
                         unpack_limits const& limits = {});

}  // namespace parley
