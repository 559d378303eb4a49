#include "runner/conversation/scripted_user.hpp"

#include <re2/re2.h>

namespace parley {

struct compiled_script::entry {
  std::unique_ptr<RE2> when;  // empty = always
  script_reply reply;
};

namespace {

std::unique_ptr<RE2> compile(std::optional<std::string> const& when) {
  if (!when) return nullptr;
  RE2::Options options;
  options.set_case_sensitive(false);
  options.set_log_errors(false);
  return std::make_unique<RE2>(*when, options);
}

// All messages of the agent's last reply, tool rounds included, joined by newline.
std::string last_reply(transcript const& so_far) {
  std::string text;
  if (so_far.messages.empty()) return text;
  int const turn = so_far.messages.back().turn;
  for (message const& said : so_far.messages) {
    if (said.from_history || said.turn != turn || said.from != role::agent || said.content.empty()) continue;
    if (!text.empty()) text += '\n';
    text += said.content;
  }
  return text;
}

}  // namespace

compiled_script::compiled_script(user_script const& script, std::optional<std::string> initial_message)
    : otherwise_(script.otherwise), initial_message_(std::move(initial_message)) {
  entries_.reserve(script.replies.size());
  for (script_reply const& reply : script.replies) entries_.push_back(entry{compile(reply.when), reply});
}

compiled_script::~compiled_script() = default;

scripted_user::scripted_user(std::shared_ptr<compiled_script const> script, text_filler fill)
    : script_(std::move(script)), fill_(std::move(fill)), used_(script_->entries().size(), false) {}

boost::asio::awaitable<outcome<user_line>> scripted_user::next_line(transcript const& so_far,
                                                                    std::chrono::steady_clock::time_point) {
  co_return nothing_said_yet(so_far) ? opening_line(so_far) : answer(so_far);
}

user_line scripted_user::opening_line(transcript const& so_far) {
  if (script_->initial_message()) {
    user_line line;
    line.message = filled(*script_->initial_message(), so_far);
    return line;
  }
  for (std::size_t i = 0; i < used_.size(); ++i)
    if (!script_->entries()[i].when) return say_entry(i, so_far);
  return {};
}

user_line scripted_user::answer(transcript const& so_far) {
  std::string const heard = last_reply(so_far);
  for (std::size_t i = 0; i < used_.size(); ++i) {
    auto const& entry = script_->entries()[i];
    if (used_[i]) continue;
    if (entry.when && !RE2::PartialMatch(heard, *entry.when)) continue;
    return say_entry(i, so_far);
  }
  user_line line;
  if (script_->otherwise()) {
    line.message = filled(*script_->otherwise(), so_far);
  } else {
    line.reason = "nothing in the script answers the agent's last reply";
  }
  return line;
}

user_line scripted_user::say_entry(std::size_t index, transcript const& so_far) {
  script_reply const& reply = script_->entries()[index].reply;
  used_[index] = reply.once;
  user_line line;
  if (reply.say) line.message = filled(*reply.say, so_far);
  line.done = reply.end;
  if (reply.end) line.reason = "then: end";
  return line;
}

std::string scripted_user::filled(std::string const& text, transcript const& so_far) const {
  if (!fill_ || text.find("{{") == std::string::npos) return text;
  return fill_(text, so_far);
}

}  // namespace parley
