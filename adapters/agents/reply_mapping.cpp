#include "adapters/agents/reply_mapping.hpp"

#include "adapters/formats/reply_parts.hpp"
#include "runner/evaluation/white_space.hpp"
#include "runner/inputs/input_problems.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using json = nlohmann::json;
using pointer = json::json_pointer;

failure unreadable(std::string const& what) {
  return {failure_code::agent_protocol, "unreadable reply: " + what};
}

// Absent and null alike; never throws, whatever the value is made of.
json const* find(json const& value, std::optional<pointer> const& at) {
  if (!at || !value.contains(*at)) return nullptr;
  return &value.at(*at);
}

json const* find_value(json const& value, std::optional<pointer> const& at) {
  auto const* const found = find(value, at);
  return found != nullptr && found->is_null() ? nullptr : found;
}

std::optional<pointer> read_pointer(json const& spec, std::string const& key,
                                    mapping_complaint const& complain) {
  if (spec.is_null()) return std::nullopt;
  try {
    if (spec.is_string()) return pointer(spec.get<std::string>());
  } catch (json::exception const&) {
  }
  complain(key, "must be a JSON Pointer such as /reply");
  return std::nullopt;
}

std::string text_of(json const& value) {
  return value.is_string() ? value.get<std::string>() : json_value(value).dump();
}

void complain_about_key(std::string const& prefix, std::string const& key,
                        std::vector<std::string> const& known, mapping_complaint const& complain) {
  auto const nearest = nearest_name(key, known);
  complain(prefix + key, "unknown key '" + key + "'" +
                             (nearest.empty() ? std::string() : "; did you mean '" + nearest + "'?"));
}

reply_mapping::stream_kind read_stream(json const& spec, mapping_complaint const& complain) {
  if (spec == "ndjson") return reply_mapping::stream_kind::ndjson;
  if (spec == "sse") return reply_mapping::stream_kind::sse;
  if (spec != "none" && !spec.is_null()) complain("stream", "must be none, ndjson or sse");
  return reply_mapping::stream_kind::none;
}

std::vector<std::string> reply_keys() {
  return {"stream",    "messages", "message_content", "tool_calls",
          "tool_call", "ended",    "conversation_id", "error"};
}

}  // namespace

struct reply_mapping::pointers {
  std::optional<pointer> messages, tool_calls, ended, conversation_id, error;
  std::optional<json> ended_equals;
  pointer content{"/content"};
  std::optional<pointer> id{pointer("/id")}, name{pointer("/name")}, arguments{pointer("/arguments")},
      result{pointer("/result")}, is_error{pointer("/is_error")};

  void read_call(json const& spec, mapping_complaint const& complain) {
    if (!spec.is_object()) return complain("tool_call", "must be an object of JSON Pointers");
    for (auto const& [key, value] : spec.items()) {
      auto* const place = key == "id"          ? &id
                          : key == "name"      ? &name
                          : key == "arguments" ? &arguments
                          : key == "result"    ? &result
                          : key == "is_error"  ? &is_error
                                               : nullptr;
      if (place == nullptr)
        complain_about_key("tool_call/", key, {"id", "name", "arguments", "result", "is_error"}, complain);
      else
        *place = read_pointer(value, "tool_call/" + key, complain);
    }
  }

  void read_ended(json const& spec, mapping_complaint const& complain) {
    if (!spec.is_object()) return void(ended = read_pointer(spec, "ended", complain));
    for (auto const& [key, value] : spec.items()) {
      if (key == "pointer")
        ended = read_pointer(value, "ended/pointer", complain);
      else if (key == "equals")
        ended_equals = value;
      else
        complain_about_key("ended/", key, {"pointer", "equals"}, complain);
    }
    if (!ended || !ended_equals) complain("ended", "needs both pointer and equals");
  }
};

reply_mapping::reply_mapping(json_value const& spec, mapping_complaint const& complain)
    : at_(std::make_unique<pointers>()) {
  if (!spec.get().is_object()) {
    complain("", "must say where a reply's text stands, e.g. messages: /reply");
    return;
  }
  for (auto const& [key, value] : spec.get().items()) {
    if (key == "messages")
      at_->messages = read_pointer(value, key, complain);
    else if (key == "message_content")
      at_->content = read_pointer(value, key, complain).value_or(pointer("/content"));
    else if (key == "tool_calls")
      at_->tool_calls = read_pointer(value, key, complain);
    else if (key == "tool_call")
      at_->read_call(value, complain);
    else if (key == "ended")
      at_->read_ended(value, complain);
    else if (key == "conversation_id")
      at_->conversation_id = read_pointer(value, key, complain);
    else if (key == "error")
      at_->error = read_pointer(value, key, complain);
    else if (key == "stream")
      stream_ = read_stream(value, complain);
    else
      complain_about_key("", key, reply_keys(), complain);
  }
}

reply_mapping::~reply_mapping() = default;
reply_mapping::reply_mapping(reply_mapping&&) noexcept = default;

mapped_reply::mapped_reply(reply_mapping const& mapping, bool calls_reported, int& calls_seen)
    : mapping_(mapping), calls_reported_(calls_reported), calls_seen_(calls_seen) {}

std::optional<failure> mapped_reply::add(std::string_view text) {
  auto const parsed = parse_json(text);
  if (!parsed.ok) return unreadable("no usable JSON: " + parsed.error);
  auto const& value = parsed.value.get();
  auto const& at = *mapping_.at_;
  if (auto const* error = find_value(value, at.error))
    return failure(failure_code::agent_protocol, "the agent reports an error: " + text_of(*error));
  if (auto const* id = find_value(value, at.conversation_id); id != nullptr && !conversation_id_)
    conversation_id_ = text_of(*id);
  if (auto const* ended = find(value, at.ended)) {
    bool const says_so = at.ended_equals ? json_equal(*ended, *at.ended_equals) : *ended == json(true);
    reply_.ended = reply_.ended || says_so;
  }
  if (auto const* messages = find_value(value, at.messages))
    if (auto problem = add_messages(*messages)) return problem;
  if (auto const* calls = find_value(value, at.tool_calls)) return add_calls(*calls);
  return std::nullopt;
}

void mapped_reply::continue_message(std::string const& text) {
  if (!continued_) {
    continued_ = reply_.messages.size();
    reply_.messages.emplace_back();
  }
  reply_.messages[*continued_] += text;
}

std::optional<failure> mapped_reply::add_messages(json const& value) {
  if (value.is_string()) {
    continue_message(value.get_ref<std::string const&>());
    return std::nullopt;
  }
  if (!value.is_array() && !value.is_object())
    return unreadable("messages is neither a text nor a list nor an object");
  auto const add_one = [this](json const& entry) -> std::optional<failure> {
    auto const* const content = entry.is_object() ? find_value(entry, mapping_.at_->content) : &entry;
    if (content == nullptr || content->is_null()) return std::nullopt;
    if (!content->is_string()) return unreadable("a message's content is not a text");
    reply_.messages.push_back(content->get<std::string>());
    return std::nullopt;
  };
  if (value.is_object()) return add_one(value);
  for (auto const& entry : value)
    if (auto problem = add_one(entry)) return problem;
  return std::nullopt;
}

std::optional<failure> mapped_reply::add_calls(json const& value) {
  if (!value.is_array()) return unreadable("tool_calls is not a list");
  auto const& at = *mapping_.at_;
  for (std::size_t i = 0; i < value.size(); ++i) {
    tool_call_parts parts;
    parts.id = find(value[i], at.id);
    parts.name = find(value[i], at.name);
    parts.arguments = find(value[i], at.arguments);
    parts.result = find(value[i], at.result);
    parts.is_error = find(value[i], at.is_error);
    auto call = read_tool_call(parts, "tool_calls[" + std::to_string(i) + "]", calls_reported_, calls_seen_);
    if (call.has_error()) return unreadable(call.error().detail);
    reply_.calls.push_back(std::move(*call));
  }
  return std::nullopt;
}

agent_reply mapped_reply::take() {
  std::erase_if(reply_.messages, [](std::string const& message) { return is_blank(message); });
  if (reply_.ended)
    for (auto& call : reply_.calls) call.waits = false;
  return std::move(reply_);
}

}  // namespace parley
