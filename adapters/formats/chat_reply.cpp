#include "adapters/formats/chat_reply.hpp"

#include "adapters/formats/json_members.hpp"
#include "adapters/formats/provider_error.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using nlohmann::json;

failure unreadable(std::string const& what) {
  return {failure_code::agent_protocol, "unreadable reply: " + what};
}

// A text, or a list of parts that hold texts.
void append_content(json const& content, std::string& text, std::string& refusal) {
  if (content.is_string()) text += content.get_ref<std::string const&>();
  if (!content.is_array()) return;
  for (auto const& part : content) {
    if (part.is_string()) text += part.get_ref<std::string const&>();
    text += text_under(part, "text");
    refusal += text_under(part, "refusal");
  }
}

void read_usage(json const& reply, token_usage& into) {
  auto const* const usage = find_value(reply, "usage");
  if (usage == nullptr || !usage->is_object()) return;
  into.input = count_under(*usage, "prompt_tokens");
  into.output = count_under(*usage, "completion_tokens");
  if (auto const* const details = find_value(*usage, "prompt_tokens_details"))
    into.cached_input = std::min(count_under(*details, "cached_tokens"), into.input);
  into.told = true;
}

// Arguments are JSON in a text; some servers give the object itself.
std::string arguments_text(json const& function) {
  auto const* const arguments = find_value(function, "arguments");
  if (arguments == nullptr) return {};
  return arguments->is_string() ? arguments->get<std::string>() : arguments->dump();
}

void finish(model_answer& answer, std::string text, std::string refusal, std::string const& reason) {
  answer.cut_off = reason == "length";
  answer.refused = !refusal.empty() || reason == "content_filter";
  answer.text = text.empty() ? std::move(refusal) : std::move(text);
}

std::optional<failure> told_error(json const& reply) {
  auto const* const error = find_value(reply, "error");
  if (error == nullptr) return std::nullopt;
  auto const reason = reason_text(provider_error_in(*error), {});
  return failure(failure_code::agent_protocol, "the reply tells of an error" + reason);
}

}  // namespace

outcome<model_reply> parse_chat_reply(std::string_view body, int calls_seen) {
  auto const parsed = parse_json(body);
  if (!parsed.ok) return unreadable(parsed.error);
  auto const& reply = parsed.value.get();
  if (auto const problem = told_error(reply)) return *problem;
  auto const* const choices = find_value(reply, "choices");
  if (choices == nullptr || !choices->is_array() || choices->empty()) return unreadable("it has no choices");
  auto const& choice = choices->front();
  auto const* const said = find_value(choice, "message");
  if (said == nullptr || !said->is_object()) return unreadable("choices[0] has no message");
  model_reply result;
  read_usage(reply, result.usage);
  std::string text;
  std::string refusal = text_under(*said, "refusal");
  if (auto const* const content = find_value(*said, "content")) append_content(*content, text, refusal);
  finish(result.answer, std::move(text), std::move(refusal), text_under(choice, "finish_reason"));
  std::vector<call_pieces> calls;
  if (auto const* const list = find_value(*said, "tool_calls")) {
    if (!list->is_array()) return unreadable("tool_calls is not a list");
    for (auto const& entry : *list) {
      auto const* const function = find_value(entry, "function");
      if (function == nullptr) return unreadable("a tool call has no function");
      calls.push_back({text_under(entry, "id"), text_under(*function, "name"), arguments_text(*function)});
    }
  } else if (auto const* const function = find_value(*said, "function_call")) {
    calls.push_back({"", text_under(*function, "name"), arguments_text(*function)});
  }
  if (auto const problem = add_calls(calls, calls_seen, result.answer)) return *problem;
  return result;
}

std::optional<failure> chat_stream::add(std::string_view data) {
  if (data == "[DONE]") {
    done_ = true;
    return std::nullopt;
  }
  auto const parsed = parse_json(data);
  if (!parsed.ok) return unreadable(parsed.error);
  auto const& piece = parsed.value.get();
  if (auto problem = told_error(piece)) return problem;
  read_usage(piece, usage_);
  if (auto const* const choices = find_value(piece, "choices"); choices != nullptr && choices->is_array())
    for (auto const& choice : *choices)
      if (count_under(choice, "index") == 0) add_choice(choice);
  return std::nullopt;
}

void chat_stream::add_choice(json const& choice) {
  if (auto const reason = text_under(choice, "finish_reason"); !reason.empty()) finish_reason_ = reason;
  auto const* delta = find_value(choice, "delta");
  if (delta == nullptr) delta = find_value(choice, "message");
  if (delta == nullptr) return;
  if (auto const* const content = find_value(*delta, "content")) append_content(*content, text_, refusal_);
  refusal_ += text_under(*delta, "refusal");
  if (auto const* const calls = find_value(*delta, "tool_calls"); calls != nullptr && calls->is_array())
    for (auto const& piece : *calls) add_call(piece);
}

// By index; servers without one tell a new call by its id, and some give every call the index 0.
call_pieces& chat_stream::place_of(json const& piece, std::string const& id) {
  auto const* const index = find_value(piece, "index");
  if (index == nullptr || !index->is_number_integer()) {
    if (calls_.empty() || (!id.empty() && calls_.back().id != id)) calls_.emplace_back();
    return calls_.back();
  }
  auto const known = place_of_index_.find(index->get<std::int64_t>());
  if (known != place_of_index_.end()) {
    auto& call = calls_[known->second];
    if (id.empty() || call.id.empty() || call.id == id) return call;
  }
  place_of_index_[index->get<std::int64_t>()] = calls_.size();
  return calls_.emplace_back();
}

void chat_stream::add_call(json const& piece) {
  auto const id = text_under(piece, "id");
  auto& call = place_of(piece, id);
  if (call.id.empty()) call.id = id;
  auto const* const function = find_value(piece, "function");
  if (function == nullptr) return;
  if (auto const name = text_under(*function, "name"); name != call.name) call.name += name;
  call.arguments += arguments_text(*function);
}

outcome<model_reply> chat_stream::take(int calls_seen) {
  if (finish_reason_.empty() && !done_)
    return failure(failure_code::agent_transport, "the stream ended in the middle of the reply");
  model_reply result;
  result.usage = usage_;
  finish(result.answer, std::move(text_), std::move(refusal_), finish_reason_);
  if (auto const problem = add_calls(calls_, calls_seen, result.answer)) return *problem;
  return result;
}

}  // namespace parley
