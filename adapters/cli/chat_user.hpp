// The person at the terminal, as the simulated user of a conversation: shows what the agent said, reads what
// is answered.
#pragma once

#include "adapters/system/typed_lines.hpp"
#include "reports/terminal_style.hpp"
#include "runner/conversation/simulated_user.hpp"

#include <functional>
#include <iosfwd>
#include <string>

namespace parley {

class chat_user final : public simulated_user {
 public:
  // `save` writes the conversation so far into a file and returns what to tell the person.
  using saver = std::function<std::string(transcript const&, std::string const& file)>;
  chat_user(typed_lines& typed, std::ostream& screen, terminal_style style, saver save);

  boost::asio::awaitable<outcome<user_line>> next_line(
      transcript const& so_far, std::chrono::steady_clock::time_point deadline) override;
  boost::asio::awaitable<outcome<user_line>> event_text(
      transcript const& so_far, std::chrono::steady_clock::time_point deadline) override;

  // What has been said since it was last called.
  void show_new(transcript const& so_far);

 private:
  // Nothing: the person has left.
  std::optional<std::string> read(transcript const& so_far, std::string const& prompt);
  void obey(std::string const& command, transcript const& so_far);

  typed_lines& typed_;
  std::ostream& screen_;
  terminal_style style_;
  saver save_;
  std::size_t shown_ = 0;
};

}  // namespace parley
