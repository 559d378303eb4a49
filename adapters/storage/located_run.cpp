#include "adapters/storage/located_run.hpp"

#include "adapters/storage/run_archive.hpp"
#include "adapters/storage/run_directory.hpp"

namespace parley {

outcome<located_run> locate_run(std::string const& project_root, std::string const& reference) {
  if (!is_run_archive(reference)) {
    auto directory = find_run(project_root, reference);
    if (!directory) return directory.error();
    return located_run{*std::move(directory), {}, {}};
  }
  auto folder = private_folder::make();
  if (!folder) return folder.error();
  if (auto const unpacked = unpack_run(reference, (*folder)->path()); !unpacked) return unpacked.error();
  return located_run{(*folder)->path(), reference, *folder};
}

}  // namespace parley
