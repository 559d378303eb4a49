#include "adapters/scenario_sources/registry_objects.hpp"

#include "adapters/formats/amigo_format.hpp"
#include "adapters/formats/eqho_format.hpp"
#include "adapters/formats/json_members.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using nlohmann::json;

// Keys that the registry gives every version; `version` stays, the reader takes the number from it.
constexpr char const* given_to_versions[] = {"_id",
                                             "org_id",
                                             "creator",
                                             "created_at",
                                             "updated_at",
                                             "simulation_scenario_id",
                                             "simulation_persona_id"};
constexpr char const* given_to_documents[] = {"_id", "id", "account_id", "history"};

// Stands for "not set", and so does an absent key. A null is left: for languages it means "none".
bool says_nothing(json const& value) {
  return value.is_structured() && value.empty();
}

json file_of(json const& element, json const& version) {
  json content = version.is_object() ? version : json::object();
  for (auto const* const key : given_to_versions) content.erase(key);
  for (auto it = content.begin(); it != content.end();)
    it = says_nothing(it.value()) ? content.erase(it) : std::next(it);
  json file = json::object();
  for (auto const* const key : {"id", "name", "role", "tags"})
    if (auto const found = element.find(key); found != element.end() && !found->is_null()) file[key] = *found;
  if (file.contains("tags") && file["tags"].empty()) file.erase("tags");
  file["initial_version"] = std::move(content);
  return file;
}

template <class Object>
std::optional<Object> identified(std::optional<Object> read, std::string const& id) {
  if (read && !id.empty()) read->id.value = id;
  return read;
}

template <class Object>
json without_ids(Object const& object) {
  json call = to_amigo(object);
  for (auto const* const key : {"id", "_id"}) call.erase(key);
  call["initial_version"].erase("version");
  return call;
}

template <class Object>
json version_of(Object const& object) {
  json version = to_amigo(object.latest());
  version.erase("version");
  return version;
}

}  // namespace

std::optional<scenario> scenario_from_registry(json const& element, json const& version,
                                               std::string const& where, input_problems& problems) {
  auto const node = from_json(file_of(element, version), {where, 0, 0, {}});
  return identified(read_amigo_scenario(node, problems), text_under(element, "id"));
}

std::optional<persona> persona_from_registry(json const& element, json const& version,
                                             std::string const& where, input_problems& problems) {
  auto const node = from_json(file_of(element, version), {where, 0, 0, {}});
  return identified(read_amigo_persona(node, problems), text_under(element, "id"));
}

std::optional<scenario> scenario_from_document(json const& document, std::string const& where,
                                               input_problems& problems) {
  auto const node = from_json(document, {where, 0, 0, {}});
  return identified(read_eqho_scenario(node, problems), text_under(document, "_id"));
}

json create_call_of(scenario const& told) {
  return without_ids(told);
}

json create_call_of(persona const& teller) {
  json call = without_ids(teller);
  if (text_under(call, "role").empty()) call["role"] = "user";
  return call;
}

json version_call_of(scenario const& told) {
  return version_of(told);
}

json version_call_of(persona const& teller) {
  return version_of(teller);
}

json document_call_of(scenario const& told) {
  json document = to_eqho(told);
  for (auto const* const key : given_to_documents) document.erase(key);
  return document;
}

}  // namespace parley
