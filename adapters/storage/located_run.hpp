// What a user names as RUN: latest, the beginning of an id, a folder, a journal, or an exported archive.
#pragma once

#include "adapters/storage/private_folder.hpp"
#include "runner/failure.hpp"

#include <memory>
#include <string>

namespace parley {

struct located_run {
  std::string directory;                           // holds a journal
  std::string archive;                             // what it was unpacked from; empty: nothing was
  std::shared_ptr<private_folder const> unpacked;  // goes with its last owner; null without an archive
};

// Failure: nothing is there, with what there is; or the archive is no run's.
outcome<located_run> locate_run(std::string const& project_root, std::string const& reference);

}  // namespace parley
