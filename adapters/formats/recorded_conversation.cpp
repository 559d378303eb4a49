#include "adapters/formats/recorded_conversation.hpp"

#include "adapters/formats/recorded_message.hpp"
#include "runner/evaluation/white_space.hpp"
#include "runner/inputs/json_fields.hpp"
#include "runner/run/outcome_class.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>
#include <unordered_map>

namespace parley {
namespace {

using nlohmann::json;
using std::chrono::microseconds;
using std::chrono::milliseconds;

failure wrong(std::string text) {
  return failure(failure_code::invalid_input, std::move(text));
}

// What sends the agent into its next interaction: a line or an event, not a tool call of the user's own.
bool starts_interaction(message const& said) {
  if (said.from == role::event) return true;
  return said.from == role::user && (said.tool_calls.empty() || !is_blank(said.content));
}

// Puts messages one after the other: turns, times, and which call a tool's answer belongs to.
class transcript_builder {
 public:
  explicit transcript_builder(scenario const& of) {
    scenario_version const& content = of.latest();
    if (content.conversation_starts_at) log_.starts_at = *content.conversation_starts_at;
    log_.messages = content.environment.message_history;
    // The history's last user line opens the conversation: the recording has it as its first message.
    bool const opens = content.opening == initial_message_type::user_message && !log_.messages.empty() &&
                       log_.messages.back().from == role::user;
    if (opens) log_.messages.pop_back();
    for (message& said : log_.messages) {
      said.from_history = true;
      said.turn = 0;
    }
  }

  void add(recorded_message read) {
    message& said = read.said;
    if (starts_interaction(said)) begin_interaction(read.timestamp);
    said.turn = log_.interactions;
    if (read.timestamp) note_time(said, *read.timestamp);
    if (said.from == role::tool) find_call(said, read.names_requestor);
    remember_calls(said);
    log_.messages.push_back(std::move(said));
  }

  transcript seal() && {
    end_interaction();
    if (first_) log_.duration = std::max(microseconds{0}, last_ - *first_);
    return std::move(log_);
  }

 private:
  void begin_interaction(std::optional<microseconds> at) {
    end_interaction();
    ++log_.interactions;
    asked_ = at;
    answered_.reset();
  }

  void end_interaction() {
    if (asked_ && answered_ && *answered_ >= *asked_)
      log_.turn_times.push_back({log_.interactions, *answered_ - *asked_});
    asked_.reset();
  }

  void note_time(message& said, microseconds at) {
    if (!first_) {
      first_ = at;
      log_.started_at = std::chrono::sys_time<milliseconds>(std::chrono::floor<milliseconds>(at));
    }
    last_ = std::max(last_, at);
    said.at = std::chrono::floor<milliseconds>(at - *first_);
    if (said.from == role::agent) answered_ = at;
  }

  struct known_call {
    std::string name;
    requestor by;
  };

  void remember_calls(message const& said) {
    for (tool_call const& call : said.tool_calls) {
      last_call_ = {call.name, call.by};
      if (!call.id.empty()) calls_[call.id] = *last_call_;
    }
  }

  // A tool's answer names its call by id; without one it answers the last call.
  void find_call(message& answer, bool names_requestor) const {
    auto const named = calls_.find(answer.result.id);
    known_call const* call = named != calls_.end() ? &named->second : nullptr;
    if (call == nullptr && answer.result.id.empty() && last_call_) call = &*last_call_;
    if (call == nullptr) return;
    if (answer.result.name.empty()) answer.result.name = call->name;
    if (!names_requestor) answer.by = call->by;
  }

  transcript log_;
  std::unordered_map<std::string, known_call> calls_;  // by id
  std::optional<known_call> last_call_;
  std::optional<microseconds> first_;
  microseconds last_{std::numeric_limits<std::int64_t>::min()};
  std::optional<microseconds> asked_;     // when the running interaction began
  std::optional<microseconds> answered_;  // when the agent last said something in it
};

outcome<std::string> read_id(json const& line) {
  auto const* const id = field(line, "id");
  if (id == nullptr) return wrong("has no id; add \"id\": a text that names the conversation");
  if (id->is_number_integer()) return id->dump();
  if (!id->is_string() || id->get_ref<std::string const&>().empty()) return wrong("id is not a text");
  return id->get<std::string>();
}

outcome<std::optional<int>> read_trial(json const& line) {
  using result = std::optional<int>;
  auto const* const trial = field(line, "trial");
  if (trial == nullptr) return result();
  bool const fits = trial->is_number_integer() && *trial >= 1 && *trial <= std::numeric_limits<int>::max();
  if (!fits) return wrong("trial is no whole number from 1");
  return result(trial->get<int>());
}

outcome<std::optional<stop_reason>> read_stop_reason(json const& line) {
  using result = std::optional<stop_reason>;
  auto const* const written = field(line, "stop_reason");
  if (written == nullptr) return result();
  if (written->is_string())
    if (auto const known = parse_recorded_stop_reason(written->get_ref<std::string const&>()))
      return result(known);
  return wrong("unknown stop_reason " + written->dump() +
               "; use agent_ended, user_ended, max_interactions or another of the list, or leave it out");
}

}  // namespace

json const& recorded_conversation::scenario() const {
  return document.get().at("scenario");
}

outcome<recorded_conversation> parse_recorded_line(std::string_view text) {
  auto parsed = parse_json(text);
  if (!parsed.ok) return wrong("not JSON: " + parsed.error);
  json const& line = parsed.value.get();
  if (!line.is_object()) return wrong("not a JSON object");
  auto id = read_id(line);
  if (!id) return id.error();
  auto const trial = read_trial(line);
  if (!trial) return trial.error();
  auto const* const scenario = field(line, "scenario");
  if (scenario == nullptr)
    return wrong("has no scenario; add \"scenario\": an Eqho document or one of your own");
  if (!scenario->is_object()) return wrong("scenario is not an object");
  auto const* const messages = field(line, "messages");
  if (messages == nullptr || !messages->is_array()) return wrong("has no list of messages");
  return recorded_conversation{std::move(*id), *trial, std::move(parsed.value)};
}

outcome<transcript> recorded_transcript(recorded_conversation const& recorded, scenario const& of) {
  json const& line = recorded.document.get();
  auto const stopped = read_stop_reason(line);
  if (!stopped) return stopped.error();
  transcript_builder builder(of);
  std::size_t number = 0;
  for (json const& value : line.at("messages")) {
    auto read = read_recorded_message(value);
    ++number;
    if (!read) return wrong("message " + std::to_string(number) + ": " + read.error().detail);
    builder.add(std::move(*read));
  }
  transcript sealed = std::move(builder).seal();
  sealed.id = conversation_id(recorded.id);
  sealed.stopped = *stopped;
  return sealed;
}

}  // namespace parley
