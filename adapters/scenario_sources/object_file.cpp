#include "adapters/scenario_sources/object_file.hpp"

#include "adapters/formats/amigo_format.hpp"
#include "adapters/formats/eqho_format.hpp"
#include "adapters/formats/input_shapes.hpp"
#include "runner/inputs/scenario_json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string_view>

namespace parley {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

// Keys of a version that our own form has other words for, or that are no content.
constexpr char const* not_foreign[] = {"version", "parley", "nonsensitive_user_variables"};

bool has_foreign_keys(json_value const& extra, shape const& ours) {
  if (!extra.get().is_object()) return false;
  for (auto const& [key, value] : extra.get().items()) {
    bool const known = ours.find(key) != nullptr || std::find(std::begin(not_foreign), std::end(not_foreign),
                                                              key) != std::end(not_foreign);
    if (!known) return true;
  }
  return false;
}

shape const& keys_of(scenario const&) {
  return scenario_version_keys();
}
shape const& keys_of(persona const&) {
  return persona_version_keys();
}

void keep_written_words(json&, scenario_version const&) {}
void keep_written_words(json& content, persona_version const& version) {
  if (!version.preferred_language.written.empty())
    content["preferred_language"] = version.preferred_language.written;
  if (!version.timezone.written.empty()) content["timezone"] = version.timezone.written;
}

// Keys in the order in which people write them, the others behind.
constexpr std::string_view usual_order[] = {
    "role",    "when",      "say",       "once",         "then",
    "replies", "otherwise", "variables", "action_mocks", "message_history",
    "content", "name",      "arguments", "compare_args", "actions"};

ordered_json in_usual_order(json const& value) {
  if (value.is_array()) {
    ordered_json list = ordered_json::array();
    for (auto const& item : value) list.push_back(in_usual_order(item));
    return list;
  }
  if (!value.is_object()) return ordered_json(value);
  ordered_json object = ordered_json::object();
  for (auto const key : usual_order)
    if (auto const found = value.find(key); found != value.end())
      object[std::string(key)] = in_usual_order(*found);
  for (auto const& [key, member] : value.items())
    if (!object.contains(key)) object[key] = in_usual_order(member);
  return object;
}

template <class Version>
ordered_json own_version(Version version, shape const& keys) {
  version.extra = {};
  json content = to_json(version);
  keep_written_words(content, version);
  ordered_json result{{"version", version.number}};
  for (auto const& key : keys.keys)
    if (content.contains(key.name)) result[key.name] = in_usual_order(content[key.name]);
  return result;
}

std::string const* role_of(scenario const&) {
  return nullptr;
}
std::string const* role_of(persona const& teller) {
  return &teller.role;
}

template <class Object>
ordered_json head_of(Object const& object) {
  ordered_json head{{"id", object.id.value}, {"name", object.name}};
  if (auto const* const role = role_of(object); role != nullptr && !role->empty()) head["role"] = *role;
  if (!object.tags.empty()) head["tags"] = ordered_json(to_json(object.tags));
  return head;
}

template <class Object>
ordered_json file_of(Object const& object, bool amigo) {
  auto const& version = object.latest();
  ordered_json file = head_of(object);
  if (amigo || has_foreign_keys(version.extra, keys_of(object))) {
    ordered_json content{{"version", version.number}};
    content.update(ordered_json(to_amigo(version)));
    content["version"] = version.number;
    file["initial_version"] = std::move(content);
  } else {
    file["versions"] = ordered_json::array({own_version(version, keys_of(object))});
  }
  return file;
}

// What it is called and what it is stands first.
ordered_json document_of(scenario const& told) {
  json const document = to_eqho(told);
  ordered_json file = ordered_json::object();
  for (auto const* const key :
       {"_id", "name", "description", "lead_scenario", "environment_setup", "evaluation_criteria"})
    if (document.contains(key)) file[key] = ordered_json(document[key]);
  for (auto const& [key, value] : document.items()) file[key] = ordered_json(value);
  return file;
}

}  // namespace

ordered_json object_file(std::variant<scenario, persona> const& held, bool amigo) {
  if (auto const* const told = std::get_if<scenario>(&held)) {
    if (told->dialect == input_dialect::eqho) return document_of(*told);
    return file_of(*told, amigo);
  }
  return file_of(std::get<persona>(held), amigo);
}

}  // namespace parley
