#include "adapters/system/typed_lines.hpp"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace parley {
namespace {

// While it lives, Ctrl-C only interrupts read(): without SA_RESTART it returns.
class interruptible_read {
 public:
  interruptible_read() {
    struct sigaction action = {};
    action.sa_handler = [](int) {};
    ::sigaction(SIGINT, &action, &before_);
  }
  ~interruptible_read() { ::sigaction(SIGINT, &before_, nullptr); }
  interruptible_read(interruptible_read const&) = delete;
  interruptible_read& operator=(interruptible_read const&) = delete;

 private:
  struct sigaction before_ = {};
};

}  // namespace

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
    interruptible_read const scope;
    auto const size = ::read(STDIN_FILENO, piece, sizeof piece);
    if (size > 0) unread_.append(piece, static_cast<std::size_t>(size));
    if (size <= 0) ended_ = true;
    if (size < 0 && errno == EINTR) unread_.clear();
  }
}

}  // namespace parley
