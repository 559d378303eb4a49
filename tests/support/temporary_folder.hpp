// A folder of its own for one test, removed at its end.
#pragma once

#include <filesystem>
#include <string>

namespace parley::test {

class temporary_folder {
 public:
  temporary_folder();
  ~temporary_folder();
  temporary_folder(temporary_folder const&) = delete;
  temporary_folder& operator=(temporary_folder const&) = delete;

  std::filesystem::path const& path() const { return path_; }
  // Makes the folders above it too. Returns the file's path.
  std::string write(std::string const& name, std::string const& text) const;
  std::string read(std::string const& name) const;

 private:
  std::filesystem::path path_;
};

}  // namespace parley::test
