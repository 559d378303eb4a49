#include "adapters/system/write_ready.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace parley {
namespace {

// What a pipe that is ready takes without waiting. The descriptor stays blocking: the terminal or the pipe
// may be shared with programs that expect it to be.
constexpr std::size_t most_at_once = 4096;

bool is_ready(int descriptor) {
  pollfd asked{descriptor, POLLOUT, 0};
  return ::poll(&asked, 1, 0) == 1 && (asked.revents & POLLOUT) != 0;
}

std::string_view next_piece(std::string_view bytes) {
  if (bytes.size() <= most_at_once) return bytes;
  auto const line_end = bytes.rfind('\n', most_at_once - 1);
  return bytes.substr(0, line_end == bytes.npos ? most_at_once : line_end + 1);
}

}  // namespace

std::optional<std::size_t> write_ready(int descriptor, std::string_view bytes) {
  std::size_t written = 0;
  while (written < bytes.size() && is_ready(descriptor)) {
    auto const piece = next_piece(bytes.substr(written));
    auto const size = ::write(descriptor, piece.data(), piece.size());
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) break;
    if (size < 0) return std::nullopt;
    written += static_cast<std::size_t>(size);
  }
  return written;
}

}  // namespace parley
