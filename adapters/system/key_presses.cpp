#include "adapters/system/key_presses.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <atomic>

namespace parley {
namespace {

termios earlier_mode{};
std::atomic<bool> changed{false};

// Lines become keys. False: this is no terminal, or not ours to change now.
bool listen_to_keys() {
  if (::isatty(STDIN_FILENO) == 0 || ::tcgetpgrp(STDIN_FILENO) != ::getpgrp()) return false;
  if (::tcgetattr(STDIN_FILENO, &earlier_mode) != 0) return false;
  termios mode = earlier_mode;
  mode.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
  mode.c_cc[VMIN] = 1;
  mode.c_cc[VTIME] = 0;
  if (::tcsetattr(STDIN_FILENO, TCSANOW, &mode) != 0) return false;
  changed = true;
  return true;
}

}  // namespace

struct key_presses::state : std::enable_shared_from_this<state> {
  state(boost::asio::io_context& io, int descriptor, std::function<void(char)> call)
      : terminal(io, descriptor), pressed(std::move(call)) {}

  void wait() {
    terminal.async_read_some(boost::asio::buffer(typed),
                             [self = shared_from_this()](boost::system::error_code error, std::size_t size) {
                               if (error || self->closed) return;
                               for (std::size_t i = 0; i < size && !self->closed; ++i)
                                 self->pressed(self->typed[i]);
                               self->wait();
                             });
  }

  boost::asio::posix::stream_descriptor terminal;
  std::function<void(char)> pressed;
  std::array<char, 16> typed{};
  bool closed = false;
};

key_presses::key_presses(boost::asio::io_context& io, std::function<void(char)> pressed) {
  if (!listen_to_keys()) return;
  // Opened anew: Asio reads without blocking, and that must not reach whoever shares our standard input.
  int const descriptor = ::open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) {
    restore_terminal();
    return;
  }
  state_ = std::make_shared<state>(io, descriptor, std::move(pressed));
  state_->wait();
}

key_presses::~key_presses() {
  restore_terminal();
  if (!state_) return;
  state_->closed = true;
  boost::system::error_code ignored;
  state_->terminal.cancel(ignored);
}

void key_presses::restore_terminal() noexcept {
  if (changed.exchange(false)) ::tcsetattr(STDIN_FILENO, TCSANOW, &earlier_mode);
}

}  // namespace parley
