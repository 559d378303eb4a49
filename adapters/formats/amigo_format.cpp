#include "adapters/formats/amigo_format.hpp"

#include "adapters/formats/amigo_shapes.hpp"
#include "adapters/formats/digest.hpp"
#include "adapters/formats/input_shapes.hpp"
#include "adapters/formats/persona_format.hpp"
#include "adapters/formats/scenario_format.hpp"
#include "adapters/formats/value_rules.hpp"
#include "adapters/formats/versioned_document.hpp"
#include "runner/inputs/scenario_json.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>

namespace parley {
namespace {

using nlohmann::json;

// What `written` holds that `generated` would not say in the same words.
json_value differing(json const& written, json const& generated) {
  json extra = json::object();
  for (auto const& [key, value] : written.items())
    if (!generated.contains(key) || generated.at(key) != value) extra[key] = value;
  return extra.empty() ? json_value() : json_value(std::move(extra));
}

json with_extra(json generated, json_value const& extra) {
  if (extra.get().is_object()) generated.update(extra.get());
  return generated;
}

// A file that was pushed or pulled says which version it holds; the body of a create call is version 1.
int number_of(located_tree const& version) {
  auto const* const number = version.find("version");
  if (number == nullptr || !number->number.get().is_number_integer()) return 1;
  auto const value = number->number.get().get<std::int64_t>();
  return value >= 1 && value <= INT32_MAX ? static_cast<int>(value) : 1;
}

opening_keys opening_of(located_tree const& version) {
  opening_keys keys;
  if (auto const type = text_at(version, "initial_message_type"); !type.empty()) keys.type = type;
  keys.initial_message = at_path(version, {"parley", "initial_message"});
  keys.script = at_path(version, {"parley", "script"});
  keys.message_history = at_path(version, {"parley", "environment", "message_history"});
  return keys;
}

json own_content(located_tree const& version) {
  json content = known_keys(version, scenario_version_keys());
  for (auto const* const key : {"initial_message", "script", "environment", "evaluation"}) content.erase(key);
  if (auto const* const ours = at_path(version, {"parley"}))
    content.update(known_keys(*ours, scenario_extension_shape()));
  if (content.contains("script") && content.value("instructions", std::string()) == scripted_instructions)
    content.erase("instructions");
  return content;
}

json own_persona_content(located_tree const& version) {
  json content = known_keys(version, persona_version_keys());
  content.erase("user_variables");
  if (auto const* const variables = at_path(version, {"nonsensitive_user_variables"}))
    content["user_variables"] = to_json(*variables);
  return content;
}

void write_language(json& into, inheritable_text const& text, char const* key) {
  if (text.which == inheritable_text::kind::none) into[key] = nullptr;
  if (text.which == inheritable_text::kind::given)
    into[key] = text.written.empty() ? text.text : text.written;
}

template <class Value>
json create_call(Value const& value) {
  json call = json::object();
  call["name"] = value.name;
  if (!value.tags.empty()) call["tags"] = to_json(value.tags);
  call["initial_version"] = to_amigo(value.latest());
  return call;
}

// Foreign keys beside the version, without what the version says itself.
template <class Value>
void keep_foreign_keys(Value& value, located_tree const& node, json const& generated) {
  json written = to_json(node);
  written.erase("initial_version");
  value.extra = differing(written, generated);
}

}  // namespace

bool is_amigo(located_tree const& node) {
  return node.find("initial_version") != nullptr;
}

std::optional<scenario> read_amigo_scenario(located_tree const& node, input_problems& problems) {
  static shape const expected = amigo_scenario_shape(amigo_strictness::file);
  std::size_t const before = problems.error_count();
  check_shape(node, expected, "Amigo scenario", problems);
  auto const& version_node = *node.find("initial_version");
  check_opening(opening_of(version_node), problems);
  if (problems.error_count() != before)
    return broken_scenario(node, at_path(version_node, {"parley", "evaluation"}));
  scenario read;
  read.dialect = input_dialect::amigo;
  read.name = text_at(node, "name");
  read.id = scenario_id(id_at(node, "scenario", read.name));
  read.tags = tags_at(node);
  auto version = scenario_version_from_json(own_content(version_node));
  version.number = number_of(version_node);
  locate_checks(version.evaluation, at_path(version_node, {"parley", "evaluation"}));
  version.extra = differing(to_json(version_node), to_amigo(version));
  version.digest = content_digest(version);
  read.versions.push_back(std::move(version));
  keep_foreign_keys(read, node, to_amigo(read));
  read.where = node.where();
  return read;
}

std::optional<persona> read_amigo_persona(located_tree const& node, input_problems& problems) {
  static shape const expected = amigo_persona_shape();
  if (!check_shape(node, expected, "Amigo persona", problems)) return broken_persona(node);
  auto const& version_node = *node.find("initial_version");
  persona read;
  read.name = text_at(node, "name");
  read.id = persona_id(id_at(node, "persona", read.name));
  read.role = text_at(node, "role");
  read.tags = tags_at(node);
  auto version = persona_version_from_json(own_persona_content(version_node));
  version.number = number_of(version_node);
  version.extra = differing(to_json(version_node), to_amigo(version));
  version.digest = content_digest(version);
  read.versions.push_back(std::move(version));
  keep_foreign_keys(read, node, to_amigo(read));
  read.where = node.where();
  return read;
}

json to_amigo(scenario_version const& version) {
  scenario_version ours = version;
  ours.extra = {};
  json content = to_json(ours);
  json out{{"objective", version.objective},
           {"instructions",
            version.instructions.empty() ? std::string(scripted_instructions) : version.instructions},
           {"initial_message_type", to_text(version.opening)},
           {"conversation_starts_at", nullptr}};
  for (auto& [key, value] : content.items()) {
    bool const theirs = out.contains(key);
    (theirs ? out[key] : out["parley"][key]) = std::move(value);
  }
  return with_extra(std::move(out), version.extra);
}

json to_amigo(persona_version const& version) {
  json out{{"background", version.background}};
  write_language(out, version.preferred_language, "preferred_language");
  write_language(out, version.timezone, "timezone");
  if (!version.user_models.empty()) out["user_models"] = version.user_models;
  if (!version.user_variables.is_null()) out["nonsensitive_user_variables"] = version.user_variables.get();
  if (!version.sensitive_user_variables.is_null())
    out["sensitive_user_variables"] = version.sensitive_user_variables.get();
  return with_extra(std::move(out), version.extra);
}

json to_amigo(scenario const& value) {
  return with_extra(create_call(value), value.extra);
}

json to_amigo(persona const& value) {
  json call = create_call(value);
  call["role"] = value.role;
  return with_extra(std::move(call), value.extra);
}

}  // namespace parley
