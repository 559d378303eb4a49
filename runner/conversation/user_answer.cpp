#include "runner/conversation/user_answer.hpp"

#include "runner/conversation/answer_object.hpp"
#include "runner/evaluation/white_space.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using nlohmann::json;

json field(json const& object, char const* key) {
  auto const found = object.find(key);
  return found == object.end() ? json() : *found;
}

std::string text_of_value(json const& value) {
  if (value.is_null()) return {};
  return std::string(trimmed(value.is_string() ? value.get<std::string>() : json_value(value).dump()));
}

// Some models write booleans as words.
bool is_true(json const& value) {
  return value.is_boolean() ? value.get<bool>() : value == "true" || value == "True" || value == "yes";
}

// A model that thinks aloud first may write examples before its answer, so the last object counts. One that
// is the whole text needs no second key to be known.
std::optional<json_value> answer_object(std::string_view text, std::string_view key,
                                        std::vector<std::string_view> const& keys) {
  if (auto whole = parse_json(trimmed(text)); whole.ok && whole.value.get().is_object()) {
    if (whole.value.get().contains(std::string(key))) return whole.value;
  }
  auto found = find_answer_objects(text, keys);
  if (found.empty()) return std::nullopt;
  return found.back();
}

// A model that was asked for both ways may use both.
void take_end_marker(user_line& line) {
  auto text = trimmed(*line.message);
  if (!text.ends_with(user_end_marker)) return;
  while (text.ends_with(user_end_marker)) {
    text.remove_suffix(user_end_marker.size());
    text = trimmed(text);
  }
  line.message = std::string(text);
  line.done = true;
}

user_line from_object(json const& object) {
  user_line line;
  line.message = text_of_value(field(object, "message"));
  line.done = is_true(field(object, "done"));
  line.reason = text_of_value(field(object, "reason"));
  return line;
}

}  // namespace

user_line read_user_line(model_answer const& answer, bool hung_up) {
  user_line line;
  if (auto const object = answer_object(answer.text, "message", {"message", "done"})) {
    line = from_object(object->get());
  } else {
    line.message = std::string(trimmed(answer.text));
  }
  take_end_marker(line);
  if (hung_up && line.reason.empty()) line.reason = "the user hung up";
  line.done = line.done || hung_up;
  if (line.done && line.message->empty()) line.message.reset();
  line.used = answer.used;
  return line;
}

std::optional<std::string> read_event_text(model_answer const& answer) {
  auto const object = answer_object(answer.text, "event", {"event"});
  std::string text =
      object ? text_of_value(field(object->get(), "event")) : std::string(trimmed(answer.text));
  if (text.empty()) return std::nullopt;
  return text;
}

}  // namespace parley
