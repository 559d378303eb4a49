// Owns one open file and closes it; reads and writes that finish what they begin.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace parley {

class file_descriptor {
 public:
  file_descriptor() = default;
  explicit file_descriptor(int opened) noexcept : fd_(opened) {}
  file_descriptor(file_descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  file_descriptor& operator=(file_descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~file_descriptor();

  bool is_open() const noexcept { return fd_ >= 0; }
  int get() const noexcept { return fd_; }

  // Goes on after short writes and interruptions. False with errno set: some of the bytes may be written.
  bool write_all(std::string_view bytes) const;
  // False with errno set, or 0 when the file ends before `length` bytes.
  bool read_at(std::string& into, std::uint64_t offset, std::size_t length) const;

 private:
  int fd_ = -1;
};

// "opening .parley/x: No such file or directory", from errno as it is now.
std::string system_error_text(std::string_view doing, std::string const& path);

}  // namespace parley
