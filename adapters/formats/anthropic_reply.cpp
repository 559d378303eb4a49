#include "adapters/formats/anthropic_reply.hpp"

#include "adapters/formats/json_members.hpp"
#include "adapters/formats/provider_error.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace parley {
namespace {

using nlohmann::json;

failure unreadable(std::string const& what) {
  return {failure_code::agent_protocol, "unreadable reply: " + what};
}

// In a stream the counts come twice: the input's at the beginning, the output's, cumulative, at the end.
void read_usage(json const& holder, token_usage& into) {
  auto const* const usage = find_value(holder, "usage");
  if (usage == nullptr || !usage->is_object()) return;
  auto const cached = count_under(*usage, "cache_read_input_tokens");
  auto const input =
      count_under(*usage, "input_tokens") + cached + count_under(*usage, "cache_creation_input_tokens");
  if (input > 0) into.input = input;
  if (input > 0) into.cached_input = cached;
  into.output = std::max(into.output, count_under(*usage, "output_tokens"));
  into.told = true;
}

failure told_error(json const& reply) {
  auto const* const error = find_value(reply, "error");
  auto const reason = error == nullptr ? std::string() : reason_text(provider_error_in(*error), {});
  return {failure_code::agent_protocol, "the reply tells of an error" + reason};
}

// The parts of one answer, in the order they came.
class answer_parts {
 public:
  answer_parts(std::string const& stop_reason, std::string const& shape_tool) : shape_tool_(shape_tool) {
    answer_.cut_off = stop_reason == "max_tokens" || stop_reason == "model_context_window_exceeded";
    answer_.refused = stop_reason == "refusal";
  }

  void add_text(std::string const& text) { answer_.text += text; }

  // The answer that was asked for in a shape wins over what was said around it.
  void add_call(call_pieces call) {
    if (!shape_tool_.empty() && call.name == shape_tool_)
      shaped_ = std::move(call.arguments);
    else
      calls_.push_back(std::move(call));
  }

  outcome<model_reply> take(token_usage const& usage, int calls_seen) {
    model_reply result;
    result.usage = usage;
    result.answer = std::move(answer_);
    if (shaped_) result.answer.text = std::move(*shaped_);
    if (auto const problem = add_calls(calls_, calls_seen, result.answer)) return *problem;
    return result;
  }

 private:
  std::string const& shape_tool_;
  model_answer answer_;
  std::optional<std::string> shaped_;
  std::vector<call_pieces> calls_;
};

}  // namespace

outcome<model_reply> parse_anthropic_reply(std::string_view body, std::string const& shape_tool,
                                           int calls_seen) {
  auto const parsed = parse_json(body);
  if (!parsed.ok) return unreadable(parsed.error);
  auto const& reply = parsed.value.get();
  if (text_under(reply, "type") == "error" || find_value(reply, "error") != nullptr) return told_error(reply);
  auto const* const content = find_value(reply, "content");
  if (content == nullptr || !content->is_array()) return unreadable("it has no content");
  answer_parts parts(text_under(reply, "stop_reason"), shape_tool);
  for (auto const& block : *content) {
    auto const type = text_under(block, "type");
    if (type == "text") parts.add_text(text_under(block, "text"));
    if (type != "tool_use") continue;
    auto const* const input = find_value(block, "input");
    parts.add_call(
        {text_under(block, "id"), text_under(block, "name"), input == nullptr ? "" : input->dump()});
  }
  token_usage usage;
  read_usage(reply, usage);
  return parts.take(usage, calls_seen);
}

std::optional<failure> anthropic_stream::add(std::string_view data) {
  auto const parsed = parse_json(data);
  if (!parsed.ok) return unreadable(parsed.error);
  auto const& event = parsed.value.get();
  auto const type = text_under(event, "type");
  if (type == "error") return told_error(event);
  if (type == "message_start") {
    if (auto const* const started = find_value(event, "message")) read_usage(*started, usage_);
  } else if (type == "content_block_start") {
    start_block(event);
  } else if (type == "content_block_delta") {
    add_delta(event);
  } else if (type == "message_delta") {
    read_usage(event, usage_);
    if (auto const* const delta = find_value(event, "delta"))
      if (auto reason = text_under(*delta, "stop_reason"); !reason.empty()) stop_reason_ = std::move(reason);
  }
  done_ = done_ || type == "message_stop";
  return std::nullopt;  // `ping` and types of the future say nothing to us
}

void anthropic_stream::start_block(json const& event) {
  auto const* const begun = find_value(event, "content_block");
  if (begun == nullptr) return;
  auto& made = blocks_[count_under(event, "index")];
  auto const type = text_under(*begun, "type");
  if (type == "text") made.text = text_under(*begun, "text");
  if (type != "tool_use") return;
  made.is_call = true;
  made.call.id = text_under(*begun, "id");
  made.call.name = text_under(*begun, "name");
  auto const* const input = find_value(*begun, "input");
  if (input != nullptr && input->is_object() && !input->empty()) made.call.arguments = input->dump();
}

void anthropic_stream::add_delta(json const& event) {
  auto const* const delta = find_value(event, "delta");
  if (delta == nullptr) return;
  auto& grown = blocks_[count_under(event, "index")];
  auto const type = text_under(*delta, "type");
  if (type == "text_delta") grown.text += text_under(*delta, "text");
  if (type == "input_json_delta") grown.call.arguments += text_under(*delta, "partial_json");
}

bool anthropic_stream::has_text() const {
  return std::any_of(blocks_.begin(), blocks_.end(), [](auto const& entry) {
    return !entry.second.text.empty() || !entry.second.call.arguments.empty();
  });
}

outcome<model_reply> anthropic_stream::take(std::string const& shape_tool, int calls_seen) {
  if (!done_ && stop_reason_.empty())
    return failure(failure_code::agent_transport, "the stream ended in the middle of the reply");
  answer_parts parts(stop_reason_, shape_tool);
  for (auto& [index, made] : blocks_) {
    parts.add_text(made.text);
    if (made.is_call) parts.add_call(std::move(made.call));
  }
  return parts.take(usage_, calls_seen);
}

}  // namespace parley
