#include "adapters/formats/amigo_shapes.hpp"

#include "adapters/formats/input_shapes.hpp"

#include <re2/re2.h>

namespace parley {
namespace {

// Compiled once: that takes longer than a whole request.
std::shared_ptr<RE2 const> const& tag_pattern() {
  static auto const made = std::make_shared<RE2 const>(R"(\s*[\p{L}\p{N}_][\p{L}\p{N}_\s]*)");
  return made;
}

shape const& shape_of(shape const& keys, char const* name) {
  return keys.find(name)->value;
}

shape variables_shape() {
  shape made = map_of_shape("values for the agent", any_shape("any value")).or_null();
  made.most = 20;
  static auto const keys = std::make_shared<RE2 const>("^[a-z_][a-z0-9_]+$");
  made.key_pattern = keys;
  return made;
}

std::optional<rule_breach> tag_value_rule(located_tree const& node) {
  if (!node.is_string() || RE2::FullMatch(node.text, *tag_pattern())) return std::nullopt;
  return rule_breach{"holds characters that tags cannot have",
                     "use letters, digits, underscores and white space"};
}

}  // namespace

shape amigo_tags_shape() {
  shape made =
      map_of_shape("labels", text_shape("value of the label, or null").obeying(tag_value_rule).or_null())
          .or_null();
  made.most = 20;
  made.key_pattern = tag_pattern();
  return made;
}

shape amigo_scenario_version_shape(amigo_strictness how) {
  shape const& ours = scenario_version_keys();
  shape made = map_shape("content of a version")
                   .requiring("objective", shape_of(ours, "objective"))
                   .requiring("instructions", shape_of(ours, "instructions"))
                   .with("initial_message_type", shape_of(ours, "initial_message_type"))
                   .with("conversation_starts_at", shape_of(ours, "conversation_starts_at"))
                   .with("parley", shape(scenario_extension_shape()).or_null())
                   .keeping_unknown();
  for (shape_key& key : made.keys) {
    if (key.name == "initial_message_type") key.required = how != amigo_strictness::file;
    if (key.name == "conversation_starts_at") key.required = how == amigo_strictness::strict_call;
  }
  return made;
}

shape amigo_scenario_shape(amigo_strictness how) {
  return map_shape("an Amigo scenario")
      .requiring("name", text_shape("name of the scenario").not_empty())
      .with("tags", amigo_tags_shape())
      .requiring("initial_version", amigo_scenario_version_shape(how))
      .keeping_unknown();
}

shape amigo_persona_version_shape() {
  shape const& ours = persona_version_keys();
  return map_shape("content of a version")
      .requiring("background", shape_of(ours, "background"))
      .with("preferred_language", shape_of(ours, "preferred_language"))
      .with("timezone", shape_of(ours, "timezone"))
      .with("user_models", shape_of(ours, "user_models"))
      .with("nonsensitive_user_variables", variables_shape())
      .with("sensitive_user_variables", variables_shape())
      .keeping_unknown();
}

shape amigo_persona_shape() {
  return map_shape("an Amigo persona")
      .requiring("name", text_shape("name of the persona").not_empty())
      .requiring("role", text_shape("role of the persona").not_empty())
      .with("tags", amigo_tags_shape())
      .requiring("initial_version", amigo_persona_version_shape())
      .keeping_unknown();
}

}  // namespace parley
