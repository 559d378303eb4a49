// Entries of a tar archive one after another, each checked before anybody sees it. The only places that know
// libarchive are this and run_archive.
#pragma once

#include "adapters/storage/run_archive.hpp"
#include "runner/failure.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

struct archive;
struct archive_entry;

namespace parley {

struct archive_member {
  std::vector<std::string> names;  // of its path, without "." ones
  std::string shown;               // as the archive calls it
  bool is_file = false;
};

class archive_reader {
 public:
  archive_reader(std::string path, unpack_limits limits);
  ~archive_reader();

  outcome<void> open();
  // nullopt: that was the last one.
  outcome<std::optional<archive_member>> next();
  // The content of the entry that `next` gave, as a new file.
  outcome<void> extract(std::string const& to);

 private:
  failure wrong(std::string const& what) const;
  failure wrong_entry(std::string const& entry, std::string const& what) const;
  outcome<archive_member> checked(archive_entry* entry);
  outcome<void> count(std::uint64_t bytes, std::string const& entry);

  std::string path_;
  unpack_limits limits_;
  archive* archive_;
  std::string current_;
  std::uint64_t entries_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace parley
