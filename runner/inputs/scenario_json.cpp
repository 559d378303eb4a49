#include "runner/inputs/scenario_json.hpp"

#include "runner/inputs/json_fields.hpp"
#include "runner/inputs/language.hpp"
#include "runner/inputs/local_time.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace parley {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 9> scenario_keys{"version",
                                                        "objective",
                                                        "instructions",
                                                        "initial_message_type",
                                                        "conversation_starts_at",
                                                        "initial_message",
                                                        "script",
                                                        "environment",
                                                        "evaluation"};
constexpr std::array<std::string_view, 7> persona_keys{
    "version",     "background",     "preferred_language",      "timezone",
    "user_models", "user_variables", "sensitive_user_variables"};

// Foreign keys stand beside ours; one that bears the name of ours never replaces it.
template <class Keys>
json with_extra(json value, json_value const& extra, Keys const& ours) {
  if (!extra.get().is_object()) return value;
  for (auto const& [key, inner] : extra.get().items())
    if (std::find(ours.begin(), ours.end(), key) == ours.end()) value[key] = inner;
  return value;
}

template <class Keys>
json_value extra_of(json const& value, Keys const& ours) {
  json extra = json::object();
  for (auto const& [key, inner] : value.items())
    if (std::find(ours.begin(), ours.end(), key) == ours.end()) extra[key] = inner;
  return extra.empty() ? json_value() : json_value(std::move(extra));
}

json script_to_json(user_script const& script) {
  json value{{"replies", json::array()}};
  for (auto const& reply : script.replies) {
    json entry = json::object();
    if (reply.when) entry["when"] = *reply.when;
    if (reply.say) entry["say"] = *reply.say;
    if (reply.once) entry["once"] = true;
    if (reply.end) entry["then"] = "end";
    value["replies"].push_back(std::move(entry));
  }
  if (script.otherwise) value["otherwise"] = *script.otherwise;
  return value;
}

script_reply reply_from_json(json const& value) {
  script_reply reply;
  if (value.is_string()) {
    reply.say = value.get<std::string>();
    reply.once = true;
    return reply;
  }
  reply.when = text_field(value, "when");
  reply.say = text_field(value, "say");
  reply.once = flag_field(value, "once");
  reply.end = text_field(value, "then") == "end";
  return reply;
}

user_script script_from_json(json const& value) {
  user_script script;
  auto const* const replies = value.is_array() ? &value : field(value, "replies");
  if (replies != nullptr)
    for (auto const& reply : *replies) script.replies.push_back(reply_from_json(reply));
  script.otherwise = text_field(value, "otherwise");
  return script;
}

json mock_to_json(action_mock const& mock) {
  json value = json::object();
  if (!mock.default_return_value.is_null()) value["default_return_value"] = mock.default_return_value.get();
  if (mock.default_is_error) value["default_is_error"] = true;
  for (auto const& c : mock.cases) {
    json entry = json::object();
    if (!c.arguments.is_null()) entry["arguments"] = c.arguments.get();
    if (c.compare_args) entry["compare_args"] = *c.compare_args;
    if (!c.return_value.is_null()) entry["return_value"] = c.return_value.get();
    if (c.is_error) entry["is_error"] = true;
    value["cases"].push_back(std::move(entry));
  }
  return value;
}

action_mock mock_from_json(json const& value) {
  action_mock mock;
  mock.default_return_value = any_field(value, "default_return_value");
  mock.default_is_error = flag_field(value, "default_is_error");
  if (auto const* const cases = field(value, "cases")) {
    for (auto const& entry : *cases) {
      mock_case c;
      c.arguments = object_field(entry, "arguments");
      c.compare_args = texts_field(entry, "compare_args");
      c.return_value = any_field(entry, "return_value");
      c.is_error = flag_field(entry, "is_error");
      mock.cases.push_back(std::move(c));
    }
  }
  return mock;
}

json environment_to_json(scenario_environment const& environment) {
  json value = json::object();
  if (!environment.variables.is_null()) value["variables"] = environment.variables.get();
  for (auto const& said : environment.message_history) value["message_history"].push_back(to_json(said));
  for (auto const& [name, mock] : environment.action_mocks) value["action_mocks"][name] = mock_to_json(mock);
  return value;
}

scenario_environment environment_from_json(json const& value) {
  scenario_environment environment;
  environment.variables = object_field(value, "variables");
  if (auto const* const history = field(value, "message_history"))
    for (auto const& said : *history) environment.message_history.push_back(history_message_from_json(said));
  if (auto const* const mocks = field(value, "action_mocks"))
    for (auto const& [name, mock] : mocks->items()) environment.action_mocks[name] = mock_from_json(mock);
  return environment;
}

initial_message_type opening_from(std::string const& text) {
  if (text == "external-event") return initial_message_type::external_event;
  if (text == "skip") return initial_message_type::skip;
  return initial_message_type::user_message;
}

void write_inheritable(json& into, char const* key, inheritable_text const& text) {
  if (text.which == inheritable_text::kind::none) into[key] = nullptr;
  if (text.which == inheritable_text::kind::given) into[key] = text.text;
}

inheritable_text inheritable_from(json const& value, char const* key) {
  auto const found = value.find(key);
  if (found == value.end() || found->is_object()) return {};
  if (found->is_null()) return {inheritable_text::kind::none, {}, {}};
  auto const text = found->get<std::string>();
  return {inheritable_text::kind::given, text, text};
}

}  // namespace

json to_json(scenario_version const& version) {
  json value = json::object();
  if (!version.objective.empty()) value["objective"] = version.objective;
  if (!version.instructions.empty()) value["instructions"] = version.instructions;
  if (version.opening != initial_message_type::user_message)
    value["initial_message_type"] = to_text(version.opening);
  if (version.conversation_starts_at)
    value["conversation_starts_at"] = to_rfc3339(*version.conversation_starts_at);
  if (version.initial_message) value["initial_message"] = *version.initial_message;
  if (version.script) value["script"] = script_to_json(*version.script);
  if (json environment = environment_to_json(version.environment); !environment.empty())
    value["environment"] = std::move(environment);
  if (json evaluation = to_json(version.evaluation); !evaluation.empty())
    value["evaluation"] = std::move(evaluation);
  return with_extra(std::move(value), version.extra, scenario_keys);
}

scenario_version scenario_version_from_json(json const& value) {
  scenario_version version;
  if (auto const* const number = field(value, "version")) version.number = number->get<int>();
  version.objective = text_field(value, "objective").value_or("");
  version.instructions = text_field(value, "instructions").value_or("");
  version.opening = opening_from(text_field(value, "initial_message_type").value_or("user-message"));
  if (auto const starts = text_field(value, "conversation_starts_at"))
    version.conversation_starts_at = parse_rfc3339(*starts);
  version.initial_message = text_field(value, "initial_message");
  if (auto const* const script = field(value, "script")) version.script = script_from_json(*script);
  if (auto const* const environment = field(value, "environment"))
    version.environment = environment_from_json(*environment);
  if (auto const* const evaluation = field(value, "evaluation"))
    version.evaluation = criteria_from_json(*evaluation);
  version.extra = extra_of(value, scenario_keys);
  return version;
}

json to_json(persona_version const& version) {
  json value = json::object();
  if (!version.background.empty()) value["background"] = version.background;
  write_inheritable(value, "preferred_language", version.preferred_language);
  write_inheritable(value, "timezone", version.timezone);
  if (!version.user_models.empty()) value["user_models"] = version.user_models;
  if (!version.user_variables.is_null()) value["user_variables"] = version.user_variables.get();
  if (!version.sensitive_user_variables.is_null())
    value["sensitive_user_variables"] = version.sensitive_user_variables.get();
  return with_extra(std::move(value), version.extra, persona_keys);
}

persona_version persona_version_from_json(json const& value) {
  persona_version version;
  if (auto const* const number = field(value, "version")) version.number = number->get<int>();
  version.background = text_field(value, "background").value_or("");
  version.preferred_language = inheritable_from(value, "preferred_language");
  if (auto const code = canonical_language(version.preferred_language.written))
    version.preferred_language.text = *code;
  version.timezone = inheritable_from(value, "timezone");
  version.user_models = texts_field(value, "user_models").value_or(std::vector<std::string>{});
  version.user_variables = object_field(value, "user_variables");
  version.sensitive_user_variables = object_field(value, "sensitive_user_variables");
  version.extra = extra_of(value, persona_keys);
  return version;
}

json to_json(tag_map const& tags) {
  json value = json::object();
  for (auto const& [key, tag] : tags) value[key] = tag ? json(*tag) : json(nullptr);
  return value;
}

tag_map tags_from_json(json const& value) {
  tag_map tags;
  if (!value.is_object()) return tags;
  for (auto const& [key, tag] : value.items())
    tags[key] = tag.is_string() ? std::optional(tag.get<std::string>()) : std::nullopt;
  return tags;
}

std::string canonical_text(json const& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace parley
