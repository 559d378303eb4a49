#include "adapters/storage/file_descriptor.hpp"

#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace parley {

file_descriptor::~file_descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

bool file_descriptor::write_all(std::string_view bytes) const {
  while (!bytes.empty()) {
    auto const written = ::write(fd_, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool file_descriptor::read_at(std::string& into, std::uint64_t offset, std::size_t length) const {
  into.resize(length);
  for (std::size_t done = 0; done < length;) {
    auto const got = ::pread(fd_, into.data() + done, length - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got == 0) errno = 0;
    if (got <= 0) return false;
    done += static_cast<std::size_t>(got);
  }
  return true;
}

std::string system_error_text(std::string_view doing, std::string const& path) {
  auto const reason = std::error_code(errno, std::generic_category()).message();
  return std::string(doing) + " " + path + ": " + reason;
}

}  // namespace parley
