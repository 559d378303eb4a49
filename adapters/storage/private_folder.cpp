#include "adapters/storage/private_folder.hpp"

#include "adapters/storage/file_descriptor.hpp"

#include <stdlib.h>

#include <filesystem>
#include <system_error>

namespace parley {

outcome<std::shared_ptr<private_folder const>> private_folder::make() {
  std::error_code error;
  auto const below = std::filesystem::temp_directory_path(error);
  std::string pattern = ((error ? std::filesystem::path("/tmp") : below) / "parley-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr)
    return failure{failure_code::unreadable, system_error_text("making a temporary folder", pattern)};
  return std::make_shared<private_folder const>(pattern);
}

private_folder::~private_folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace parley
