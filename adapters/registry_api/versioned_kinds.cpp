#include "adapters/formats/amigo_shapes.hpp"
#include "adapters/registry_api/api_schemas.hpp"
#include "adapters/registry_api/body_reader.hpp"
#include "adapters/registry_api/versioned_routes.hpp"
#include "runner/evaluation/white_space.hpp"
#include "runner/registry/search_rank.hpp"
#include "runner/registry/text_rules.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using nlohmann::json;

void trim(json& content, char const* key) {
  auto const found = content.find(key);
  if (found == content.end() || !found->is_string()) return;
  *found = std::string(trimmed(found->get_ref<std::string const&>()));
}

void default_to(json& content, char const* key, json value) {
  auto const found = content.find(key);
  if (found == content.end())
    content[key] = std::move(value);
  else if (found->is_null() && !value.is_null())
    *found = std::move(value);
}

// Keys that every version is given by us are never taken from outside.
void drop_given_keys(json& content, char const* owner_key) {
  for (auto const* const key : {"_id", "org_id", "version", "creator", "created_at", "updated_at"})
    content.erase(key);
  content.erase(owner_key);
}

void complete_scenario(json& content) {
  drop_given_keys(content, "simulation_scenario_id");
  trim(content, "objective");
  trim(content, "instructions");
  default_to(content, "conversation_starts_at", nullptr);
}

void complete_persona(json& content) {
  drop_given_keys(content, "simulation_persona_id");
  trim(content, "background");
  // `{}` is "not set"; a written null is "explicitly none" and stays.
  if (!content.contains("preferred_language")) content["preferred_language"] = json::object();
  if (!content.contains("timezone")) content["timezone"] = json::object();
  default_to(content, "user_models", json::array());
  default_to(content, "nonsensitive_user_variables", json::object());
  default_to(content, "sensitive_user_variables", json::object());
}

std::string background_of(json const& content) {
  return content.at("background").get<std::string>();
}

shape with_limited_name(shape created) {
  for (shape_key& key : created.keys)
    if (key.name == "name" || key.name == "role") key.value.rule = name_rule;
  return created;
}

}  // namespace

versioned_kind scenario_kind(bool strict) {
  auto const how = strict ? amigo_strictness::strict_call : amigo_strictness::call;
  versioned_kind made;
  made.kind = object_kind::scenario;
  made.word = "scenario";
  made.limits = {50, 200};
  made.created = with_limited_name(amigo_scenario_shape(how));
  made.snapshot = amigo_scenario_version_shape(how);
  made.complete = complete_scenario;
  made.object_schema = element_schema(false);
  made.version_schema = extended_schema(version_schema("simulation_scenario_id"),
                                        {{"objective", text_schema()},
                                         {"instructions", text_schema()},
                                         {"initial_message_type", text_schema()},
                                         {"conversation_starts_at", or_null(time_schema())}});
  return made;
}

versioned_kind persona_kind() {
  versioned_kind made;
  made.kind = object_kind::persona;
  made.word = "persona";
  made.limits = {50, 50};
  made.has_role = true;
  made.created = with_limited_name(amigo_persona_shape());
  made.snapshot = amigo_persona_version_shape();
  made.complete = complete_persona;
  made.searched_text = background_of;
  made.object_schema = extended_schema(element_schema(false), {{"role", text_schema()}});
  made.version_schema = extended_schema(version_schema("simulation_persona_id"),
                                        {{"background", text_schema()},
                                         {"preferred_language", any_schema()},
                                         {"timezone", any_schema()},
                                         {"user_models", list_schema(text_schema())},
                                         {"nonsensitive_user_variables", map_schema(any_schema())},
                                         {"sensitive_user_variables", map_schema(any_schema())}});
  return made;
}

}  // namespace parley
