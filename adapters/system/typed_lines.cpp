#include "adapters/system/typed_lines.hpp"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace parley {
namespace {

struct sigaction before;

// Only to interrupt read(): without SA_RESTART it returns.
void hear(int) {}

}  // namespace

typed_lines::typed_lines() {
  struct sigaction action = {};
  action.sa_handler = hear;
  ::sigaction(SIGINT, &action, &before);
}

typed_lines::~typed_lines() {
  ::sigaction(SIGINT, &before, nullptr);
}

std::optional<std::string> typed_lines::next() {
  for (;;) {
    if (auto const end = unread_.find('\n'); end != std::string::npos) {
      std::string line = unread_.substr(0, end);
      unread_.erase(0, end + 1);
      if (!line.empty() && line.back() == '\r') line.pop_back();
      return line;
    }
    if (ended_) {
      if (unread_.empty()) return std::nullopt;
      return std::exchange(unread_, {});
    }
    char piece[4096];
    auto const size = ::read(STDIN_FILENO, piece, sizeof piece);
    if (size > 0) unread_.append(piece, static_cast<std::size_t>(size));
    if (size <= 0) ended_ = true;
    if (size < 0 && errno == EINTR) unread_.clear();
  }
}

}  // namespace parley
