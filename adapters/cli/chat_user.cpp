#include "adapters/cli/chat_user.hpp"

#include "reports/safe_text.hpp"

#include <ostream>

namespace parley {
namespace {

constexpr auto help =
    "  /save FILE   write what was said so far as a scenario\n"
    "  /quit        leave (so do Ctrl-D and Ctrl-C)\n"
    "  //text       say a line that begins with a slash\n";

std::string call_text(tool_call const& call) {
  return call.name + "(" + (call.arguments.is_null() ? "" : call.arguments.dump()) + ")";
}

}  // namespace

chat_user::chat_user(typed_lines& typed, std::ostream& screen, terminal_style style, saver save)
    : typed_(typed), screen_(screen), style_(style), save_(std::move(save)) {}

void chat_user::show_new(transcript const& so_far) {
  for (; shown_ < so_far.messages.size(); ++shown_) {
    message const& said = so_far.messages[shown_];
    std::string text;
    if (said.from == role::agent && !said.content.empty())
      append_in_gutter(text, style_.strong("agent") + "  ", said.content);
    if (said.from == role::event) append_in_gutter(text, style_.faint("event") + "  ", said.content);
    if (said.from == role::system) append_in_gutter(text, style_.faint("note") + "   ", said.content);
    if (said.from_history && said.from == role::user)
      append_in_gutter(text, style_.faint("you") + "    ", said.content);
    for (auto const& call : said.tool_calls)
      text += style_.faint("calls  " + safe_line(call_text(call))) + "\n";
    if (said.from == role::tool)
      text += style_.faint((said.result.is_error ? "error  " : "gives  ") + safe_line(text_of(said))) + "\n";
    screen_ << text;
  }
  screen_.flush();
}

boost::asio::awaitable<outcome<user_line>> chat_user::next_line(transcript const& so_far,
                                                                std::chrono::steady_clock::time_point) {
  show_new(so_far);
  user_line line;
  line.message = read(so_far, "you    ");
  if (!line.message) line.reason = "left the chat";
  co_return line;
}

boost::asio::awaitable<outcome<user_line>> chat_user::event_text(transcript const& so_far,
                                                                 std::chrono::steady_clock::time_point) {
  user_line line;
  line.message = read(so_far, "event  ");
  if (!line.message) co_return failure(failure_code::cancelled, "left the chat");
  co_return line;
}

std::optional<std::string> chat_user::read(transcript const& so_far, std::string const& prompt) {
  for (;;) {
    screen_ << style_.good(prompt) << std::flush;
    auto line = typed_.next();
    if (!line || *line == "/quit" || *line == "/exit") {
      if (!line) screen_ << '\n';
      return std::nullopt;
    }
    if (line->find_first_not_of(" \t") == std::string::npos) continue;
    if (line->starts_with("//")) return line->substr(1);
    if (!line->starts_with('/')) return line;
    obey(*line, so_far);
  }
}

void chat_user::obey(std::string const& command, transcript const& so_far) {
  auto const space = command.find(' ');
  auto const file = space == std::string::npos ? std::string() : command.substr(space + 1);
  if (command.substr(0, space) == "/save" && !file.empty()) {
    screen_ << style_.faint(safe_line(save_(so_far, file))) << '\n';
  } else {
    screen_ << help;
  }
}

}  // namespace parley
