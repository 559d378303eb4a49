// A folder below the system's temporary one that only this user can look into, removed with its contents when
// it goes out of scope.
#pragma once

#include "runner/failure.hpp"

#include <memory>
#include <string>

namespace parley {

class private_folder {
 public:
  // Failure: unreadable.
  static outcome<std::shared_ptr<private_folder const>> make();
  explicit private_folder(std::string path) : path_(std::move(path)) {}
  ~private_folder();
  private_folder(private_folder const&) = delete;
  private_folder& operator=(private_folder const&) = delete;

  std::string const& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace parley
