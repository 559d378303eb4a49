#include "reports/transcript_json.hpp"

#include "reports/json_append.hpp"
#include "reports/spending_json.hpp"
#include "reports/stored_form.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using nlohmann::json;
using wall_time = std::chrono::sys_time<std::chrono::milliseconds>;

std::string_view source_word(answered_by source) {
  switch (source) {
    case answered_by::agent:
      return "agent";
    case answered_by::mock:
      return "mock";
    case answered_by::nobody:
      return "nobody";
  }
  return "agent";
}

void append_call(std::string& out, tool_call const& call) {
  json_object_writer object(out);
  object.text("id", call.id);
  object.text("name", call.name);
  object.value("arguments", call.arguments);
  object.word("requestor", to_text(call.by));
  object.close();
}

// The keys of a message are those that recorded conversations have (design §7), with ours beside them.
void append_result(json_object_writer& object, message const& said) {
  auto const& result = said.result;
  object.text("tool_call_id", result.id);
  object.text("name", result.name);
  object.value("content", result.content);
  object.flag("is_error", result.is_error);
  object.word("source", source_word(result.source));
  object.word("requestor", to_text(said.by));
}

void append_message(std::string& out, message const& said) {
  json_object_writer object(out);
  object.word("role", to_text(said.from));
  object.number("turn", said.turn);
  object.number("at_ms", said.at.count());
  if (said.from_history) object.flag("history", true);
  if (said.from == role::tool) {
    append_result(object, said);
  } else {
    object.text("content", said.content);
  }
  if (!said.tool_calls.empty()) append_array(object.member("tool_calls"), said.tool_calls, append_call);
  object.close();
}

void append_turn_time(std::string& out, turn_time const& time) {
  json_object_writer object(out);
  object.number("turn", time.turn);
  object.number("agent_us", time.agent.count());
  if (time.first_token) object.number("first_token_us", time.first_token->count());
  if (!time.agent_used.empty()) append_spending(object.member("agent_used"), time.agent_used);
  if (!time.user_used.empty()) append_spending(object.member("user_used"), time.user_used);
  object.close();
}

requestor requestor_of(json const& form) {
  auto const word = text_or_empty(form, "requestor");
  return word == "user" ? requestor::user : requestor::assistant;
}

tool_call call_from(json const& form) {
  tool_call call;
  call.id = text_or_empty(form, "id");
  call.name = form.at("name").get<std::string>();
  call.arguments = json_value(member_or_null(form, "arguments"));
  call.by = requestor_of(form);
  return call;
}

tool_result result_from(json const& form) {
  tool_result result;
  result.id = text_or_empty(form, "tool_call_id");
  result.name = text_or_empty(form, "name");
  result.content = json_value(member_or_null(form, "content"));
  result.is_error = flag_or(form, "is_error", false);
  auto const source = text_or_empty(form, "source");
  result.source =
      source.empty()
          ? answered_by::agent
          : enumerator_of(source, {answered_by::agent, answered_by::mock, answered_by::nobody}, source_word);
  return result;
}

message message_from(json const& form) {
  message said;
  said.from = enumerator_of(form.at("role").get_ref<std::string const&>(),
                            {role::user, role::agent, role::tool, role::system, role::event});
  said.turn = static_cast<int>(integer_or(form, "turn", 0));
  said.at = std::chrono::milliseconds(integer_or(form, "at_ms", 0));
  said.from_history = flag_or(form, "history", false);
  if (said.from == role::tool) {
    said.result = result_from(form);
    said.by = requestor_of(form);
  } else {
    said.content = text_or_empty(form, "content");
  }
  for (auto const& call : member_or_null(form, "tool_calls")) said.tool_calls.push_back(call_from(call));
  return said;
}

turn_time turn_time_from(json const& form) {
  turn_time time(static_cast<int>(integer_or(form, "turn", 0)),
                 std::chrono::microseconds(integer_or(form, "agent_us", 0)));
  if (auto const& first = member_or_null(form, "first_token_us"); !first.is_null())
    time.first_token = std::chrono::microseconds(first.get<std::int64_t>());
  time.agent_used = spending_from(member_or_null(form, "agent_used"));
  time.user_used = spending_from(member_or_null(form, "user_used"));
  return time;
}

std::optional<stop_reason> stop_reason_from(json const& form) {
  auto const word = text_or_empty(form, "stop_reason");
  if (word.empty()) return std::nullopt;
  auto const reason = parse_stop_reason(word);
  if (!reason) throw std::runtime_error("unknown stop_reason '" + word + "'");
  return reason;
}

transcript transcript_from(json const& form) {
  require_format(form, transcript_format);
  transcript sealed;
  sealed.id = conversation_id(text_or_empty(form, "id"));
  sealed.starts_at = time_or_epoch(form, "starts_at");
  sealed.started_at = time_or_epoch(form, "started_at");
  sealed.duration = std::chrono::microseconds(integer_or(form, "duration_us", 0));
  sealed.interactions = static_cast<int>(integer_or(form, "interactions", 0));
  sealed.stopped = stop_reason_from(form);
  sealed.waiting_for_user = flag_or(form, "waiting_for_user", false);
  if (auto const& error = member_or_null(form, "error"); !error.is_null())
    sealed.error = trial_error_from(error);
  for (auto const& note : member_or_null(form, "notes")) sealed.notes.push_back(note.get<std::string>());
  for (auto const& time : member_or_null(form, "turn_times"))
    sealed.turn_times.push_back(turn_time_from(time));
  sealed.user_used = spending_from(member_or_null(form, "user_used"));
  for (auto const& said : member_or_null(form, "messages")) sealed.messages.push_back(message_from(said));
  return sealed;
}

}  // namespace

void append_trial_error(std::string& out, trial_error const& error) {
  json_object_writer object(out);
  object.text("type", error.type);
  object.text("message", error.message);
  object.close();
}

trial_error trial_error_from(json const& form) {
  return {text_or_empty(form, "type"), text_or_empty(form, "message")};
}

void append_transcript(std::string& out, transcript const& sealed) {
  json_object_writer object(out);
  object.number("format", transcript_format);
  object.text("id", sealed.id.value);
  if (sealed.starts_at != wall_time{}) object.time("starts_at", sealed.starts_at);
  if (sealed.started_at != wall_time{}) object.time("started_at", sealed.started_at);
  object.number("duration_us", sealed.duration.count());
  object.number("interactions", sealed.interactions);
  if (sealed.stopped) {
    object.word("stop_reason", to_text(*sealed.stopped));
  } else {
    object.null("stop_reason");
  }
  if (sealed.waiting_for_user) object.flag("waiting_for_user", true);
  if (sealed.error) append_trial_error(object.member("error"), *sealed.error);
  if (!sealed.notes.empty()) append_array(object.member("notes"), sealed.notes, append_quoted);
  if (!sealed.user_used.empty()) append_spending(object.member("user_used"), sealed.user_used);
  append_array(object.member("turn_times"), sealed.turn_times, append_turn_time);
  append_array(object.member("messages"), sealed.messages, append_message);
  object.close();
}

outcome<transcript> read_transcript(json const& form) {
  return read_stored("transcript", [&] { return transcript_from(form); });
}

}  // namespace parley
