#include "runner/conversation/model_user.hpp"

#include "runner/conversation/action_mocks.hpp"
#include "runner/conversation/user_answer.hpp"
#include "runner/conversation/user_prompt.hpp"
#include "runner/inputs/scenario_texts.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using boost::asio::awaitable;
using std::chrono::steady_clock;

constexpr int max_rounds = 8;

failure user_failure(failure const& why) {
  if (why.code == failure_code::cancelled || why.code == failure_code::not_recorded) return why;
  return failure(failure_code::user_failed, "the simulated user's model failed: " + why.detail);
}

std::optional<failure> fault_of(model_answer const& answer) {
  if (answer.refused)
    return failure(failure_code::user_failed, "the simulated user's model refused to play its part");
  if (answer.cut_off)
    return failure(failure_code::user_failed,
                   "the simulated user's model ran into its limit of tokens before its line was complete");
  return std::nullopt;
}

model_message tool_message(tool_result const& result) {
  model_message told;
  told.from = model_message::speaker::tool;
  auto const& content = result.content.get();
  told.content = content.is_string() ? content.get<std::string>() : content.dump();
  told.tool_call_id = result.id;
  told.is_error = result.is_error;
  return told;
}

tool_result no_such_tool(tool_call const& call) {
  tool_result result;
  result.id = call.id;
  result.name = call.name;
  result.content = json_value::of_string("you have no tool " + call.name);
  result.is_error = true;
  result.source = answered_by::nobody;
  return result;
}

}  // namespace

// One round of tool calls, as the model is shown it again.
struct model_user::round {
  std::vector<model_message> shown;
  bool hung_up = false;
};

model_user::model_user(language_model& model, std::shared_ptr<conversation_facts const> facts,
                       std::map<std::string, action_mock> const& mocks, std::optional<double> temperature)
    : model_(model),
      facts_(std::move(facts)),
      mocks_(mocks),
      temperature_(temperature),
      tools_(user_tools(*facts_->scenario_used)) {}

awaitable<outcome<user_line>> model_user::next_line(transcript const& so_far,
                                                    steady_clock::time_point deadline) {
  if (auto fixed = fixed_opening(so_far)) co_return std::move(*fixed);
  model_request request = user_line_request(facts_, so_far);
  request.temperature = temperature_;
  outcome<user_line> line = co_await converse(std::move(request), deadline);
  co_return line;
}

awaitable<outcome<user_line>> model_user::event_text(transcript const&, steady_clock::time_point deadline) {
  model_request request = event_text_request(facts_);
  request.temperature = temperature_;
  outcome<model_answer> const answer = co_await model_.ask(request, deadline);
  if (!answer) co_return user_failure(answer.error());
  if (auto fault = fault_of(*answer)) co_return std::move(*fault);
  user_line line;
  line.message = read_event_text(*answer);
  if (!line.message)
    co_return failure(failure_code::user_failed, "the simulated user's model gave no text for the event");
  line.used = answer->used;
  co_return line;
}

awaitable<outcome<user_line>> model_user::converse(model_request request, steady_clock::time_point deadline) {
  user_line so_far;
  for (int rounds = 0; rounds <= max_rounds; ++rounds) {
    outcome<model_answer> const answer = co_await model_.ask(request, deadline);
    if (!answer) co_return user_failure(answer.error());
    so_far.used += answer->used;
    if (auto fault = fault_of(*answer)) co_return std::move(*fault);
    round answered = answer_calls(*answer, so_far);
    if (answered.hung_up || answer->tool_calls.empty()) {
      user_line line = read_user_line(*answer, answered.hung_up);
      line.calls = std::move(so_far.calls);
      line.results = std::move(so_far.results);
      line.used = so_far.used;
      co_return line;
    }
    for (model_message& shown : answered.shown) request.messages.push_back(std::move(shown));
  }
  co_return failure(failure_code::user_failed, "the simulated user called tools more than " +
                                                   std::to_string(max_rounds) + " times without a word");
}

model_user::round model_user::answer_calls(model_answer const& answer, user_line& line) {
  round answered;
  if (answer.tool_calls.empty()) return answered;
  model_message& caller = answered.shown.emplace_back();
  caller.from = model_message::speaker::assistant;
  caller.content = answer.text;
  std::vector<model_message> told;
  for (tool_call call : answer.tool_calls) {
    if (call.id.empty()) call.id = "user-call-" + std::to_string(++calls_made_);
    caller.tool_calls.push_back(call);
    user_tool const* const tool = find_tool(call.name);
    if (tool != nullptr) call.name = tool->action;
    call.by = requestor::user;
    line.calls.push_back(call);
    bool const ends = tool != nullptr && tool->hangs_up;
    answered.hung_up = answered.hung_up || ends;
    // Nobody hears the answer to hanging up, unless the scenario has one.
    if (ends && mocks_.count(call.name) == 0) continue;
    line.results.push_back(tool != nullptr ? answer_call(call, mocks_) : no_such_tool(call));
    told.push_back(tool_message(line.results.back()));
  }
  for (model_message& result : told) answered.shown.push_back(std::move(result));
  return answered;
}

std::optional<user_line> model_user::fixed_opening(transcript const& so_far) const {
  scenario_version const& content = facts_->scenario_used->latest();
  if (content.opening != initial_message_type::user_message || !content.initial_message) return std::nullopt;
  if (!nothing_said_yet(so_far)) return std::nullopt;
  user_line line;
  line.message = scenario_texts(facts_).fill(*content.initial_message, so_far);
  return line;
}

user_tool const* model_user::find_tool(std::string const& offered_name) const {
  for (user_tool const& tool : tools_)
    if (tool.offered.name == offered_name) return &tool;
  return nullptr;
}

}  // namespace parley
