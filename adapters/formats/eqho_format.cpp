#include "adapters/formats/eqho_format.hpp"

#include "adapters/formats/digest.hpp"
#include "adapters/formats/input_shapes.hpp"
#include "adapters/formats/scenario_format.hpp"
#include "adapters/formats/versioned_document.hpp"
#include "runner/inputs/language.hpp"
#include "runner/inputs/scenario_json.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>

namespace parley {
namespace {

using nlohmann::json;

// The dialect's codes may carry a region ("en-US"), which ISO 639-3 does not know.
std::optional<std::string> language_code(std::string const& written) {
  return canonical_language(written.substr(0, written.find_first_of("-_")));
}

std::optional<rule_breach> eqho_language_rule(located_tree const& node) {
  if (!node.is_string() || language_code(node.text)) return std::nullopt;
  return rule_breach{"is '" + node.text + "', no language known here", "write a code like en or eng"};
}

shape text_or_null(std::string description) {
  return text_shape(std::move(description)).or_null();
}

// Unknown keys are kept wherever the dialect has an object.
shape opened(shape of) {
  of.open = true;
  return of;
}

shape lead_shape() {
  return map_shape("the simulated user")
      .with("persona", text_or_null("who the user is"))
      .with("instructions",
            map_shape("what the user does")
                .with("task_instructions", text_or_null("how the user behaves"))
                .with("reason_for_call", text_or_null("what the user wants"))
                .with("language", text_or_null("code of the language").obeying(eqho_language_rule))
                .keeping_unknown()
                .or_null())
      .keeping_unknown();
}

shape environment_setup_shape() {
  shape const mock = map_shape("how calls are answered")
                         .with("default_return_value", any_shape("the value"))
                         .with("default_is_error", flag_shape("the answer is an error").or_null())
                         .keeping_unknown();
  return map_shape("what surrounds the conversation")
      .with("dynamic_variables", map_shape("values by dotted name").keeping_unknown().or_null())
      .with(
          "conversation_direction",
          text_or_null("inbound: the user opens; outbound: the agent opens").one_of({"inbound", "outbound"}))
      .with("action_mocks", map_of_shape("answers by tool name", mock).or_null())
      .with("message_history", list_shape("what was said before", history_message_shape(true)).or_null())
      .keeping_unknown()
      .or_null();
}

shape evaluation_criteria_shape() {
  shape const action = opened(*criteria_shape().find("actions")->value.element);
  return map_shape("what is checked")
      .with("actions", list_shape("expected tool calls", action).or_null())
      .with("nl_assertions", criteria_shape().find("nl_assertions")->value)
      .keeping_unknown()
      .or_null();
}

shape make_shape() {
  return map_shape("an Eqho scenario")
      .requiring("name", text_shape("name of the scenario").not_empty())
      .requiring("lead_scenario", lead_shape())
      .with("environment_setup", environment_setup_shape())
      .with("evaluation_criteria", evaluation_criteria_shape())
      .with("parley", scenario_extension_shape())
      .keeping_unknown();
}

bool blank(std::string const& text) {
  return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

std::string text_under(located_tree const& node, std::initializer_list<std::string_view> keys) {
  auto const* const found = at_path(node, keys);
  return found != nullptr && found->is_string() ? found->text : std::string();
}

std::string first_written(std::initializer_list<std::string> texts) {
  for (auto const& text : texts)
    if (!blank(text)) return text;
  return {};
}

std::string opening_type(located_tree const& node) {
  return text_under(node, {"environment_setup", "conversation_direction"}) == "outbound" ? "skip"
                                                                                         : "user-message";
}

// `parley.environment` adds to `environment_setup`: variables and mocks by name, a history as a whole.
json environment_of(located_tree const& node) {
  json environment = json::object();
  auto const take = [&](char const* key, std::initializer_list<std::string_view> path) {
    if (auto const* const found = at_path(node, path)) environment[key] = to_json(*found);
  };
  take("variables", {"environment_setup", "dynamic_variables"});
  take("action_mocks", {"environment_setup", "action_mocks"});
  take("message_history", {"environment_setup", "message_history"});
  for (auto const* const key : {"variables", "action_mocks"})
    if (auto const* const ours = at_path(node, {"parley", "environment", key}))
      for (auto const& entry : ours->entries) environment[key][entry.key] = to_json(entry.value);
  take("message_history", {"parley", "environment", "message_history"});
  return environment;
}

criteria evaluation_of(located_tree const& node) {
  criteria theirs;
  if (auto const* const written = at_path(node, {"evaluation_criteria"}))
    theirs =
        criteria_from_json(known_keys(*written, map_shape("").with("actions", {}).with("nl_assertions", {})));
  auto const* const ours = at_path(node, {"parley", "evaluation"});
  if (ours == nullptr) return theirs;
  criteria added = criteria_from_json(to_json(*ours));
  locate_checks(added, ours);
  return united(theirs, added);
}

json own_content(located_tree const& node, std::string const& name) {
  json content = json::object();
  content["objective"] =
      first_written({text_under(node, {"lead_scenario", "instructions", "reason_for_call"}),
                     text_under(node, {"description", "purpose"}), name});
  content["instructions"] =
      first_written({text_under(node, {"lead_scenario", "instructions", "task_instructions"}),
                     text_under(node, {"lead_scenario", "instructions", "known_info"}), name});
  content["initial_message_type"] = opening_type(node);
  for (auto const* const key : {"initial_message", "script"})
    if (auto const* const ours = at_path(node, {"parley", key})) content[key] = to_json(*ours);
  content["environment"] = environment_of(node);
  return content;
}

persona lead_of(located_tree const& node, std::string const& scenario_name) {
  persona lead;
  lead.name = "lead";
  lead.id = persona_id(default_id("persona", scenario_name + " (lead)"));
  persona_version version;
  version.background = first_written({text_under(node, {"lead_scenario", "persona"}), scenario_name});
  auto const written = text_under(node, {"lead_scenario", "instructions", "language"});
  if (auto const code = language_code(written))
    version.preferred_language = {inheritable_text::kind::given, *code, written};
  version.digest = content_digest(version);
  lead.versions.push_back(std::move(version));
  lead.where = node.find("lead_scenario")->where();
  return lead;
}

// The first version has revision 0.
int number_of(located_tree const& node) {
  auto const* const revision = at_path(node, {"history", "revision"});
  if (revision == nullptr || !revision->number.get().is_number_integer()) return 1;
  auto const value = revision->number.get().get<std::int64_t>();
  return value >= 0 && value < INT32_MAX ? static_cast<int>(value) + 1 : 1;
}

opening_keys opening_of(located_tree const& node) {
  opening_keys keys;
  keys.type = opening_type(node);
  keys.initial_message = at_path(node, {"parley", "initial_message"});
  keys.script = at_path(node, {"parley", "script"});
  keys.message_history = at_path(node, {"parley", "environment", "message_history"});
  if (keys.message_history == nullptr)
    keys.message_history = at_path(node, {"environment_setup", "message_history"});
  return keys;
}

// Ours, written where only the dialect's own keys are looked at.
void warn_misplaced(located_tree const& node, input_problems& problems) {
  auto const* const written = at_path(node, {"evaluation_criteria"});
  if (written == nullptr) return;
  for (auto const* const key : {"checks", "metrics", "actions_ordered"})
    if (auto const* const entry = written->find_entry(key))
      problems.warning(entry->key_where(), "'" + entry->key + "' is kept here but not checked",
                       "write it under parley.evaluation");
}

}  // namespace

bool is_eqho(located_tree const& node) {
  return node.find("lead_scenario") != nullptr;
}

shape const& eqho_shape() {
  static shape const made = make_shape();
  return made;
}

std::optional<scenario> read_eqho_scenario(located_tree const& node, input_problems& problems) {
  std::size_t const before = problems.error_count();
  check_shape(node, eqho_shape(), "Eqho scenario", problems);
  check_opening(opening_of(node), problems);
  warn_misplaced(node, problems);
  if (problems.error_count() != before) return broken_scenario(node, at_path(node, {"parley", "evaluation"}));
  scenario read;
  read.dialect = input_dialect::eqho;
  read.name = text_at(node, "name");
  read.id = scenario_id(id_at(node, "scenario", read.name));
  auto version = scenario_version_from_json(own_content(node, read.name));
  version.evaluation = evaluation_of(node);
  version.extra = json_value(to_json(node));
  version.number = number_of(node);
  version.digest = content_digest(version);
  read.versions.push_back(std::move(version));
  read.lead = lead_of(node, read.name);
  read.where = node.where();
  return read;
}

json to_eqho(scenario const& value) {
  json document = value.latest().extra.get();
  if (!document.is_object()) document = json::object();
  document["name"] = value.name;
  return document;
}

std::string eqho_language(inheritable_text const& language) {
  if (!language.written.empty()) return language.written;
  return two_letter_language(language.text).value_or(language.text);
}

}  // namespace parley
