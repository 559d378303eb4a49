// Single keys that somebody presses at the terminal while a run goes on, without Enter and without their
// showing.
#pragma once

#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>

namespace parley {

// While it lives, every key pressed at the controlling terminal is told on the thread of `io`. Does nothing,
// and leaves the terminal as it is, when standard input is no terminal or the program runs in the background.
// Ctrl-C stays a signal. At most one at a time.
class key_presses {
 public:
  key_presses(boost::asio::io_context& io, std::function<void(char)> pressed);
  ~key_presses();  // the terminal is as before
  key_presses(key_presses const&) = delete;
  key_presses& operator=(key_presses const&) = delete;

  // For whoever ends the process without destructors. Safe at any time, in a signal handler too.
  static void restore_terminal() noexcept;

 private:
  struct state;
  std::shared_ptr<state> state_;  // null: nothing is listened to
};

}  // namespace parley
