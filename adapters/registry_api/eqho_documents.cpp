#include "adapters/registry_api/eqho_documents.hpp"

#include "adapters/formats/amigo_format.hpp"
#include "adapters/formats/eqho_format.hpp"
#include "adapters/registry_api/amigo_views.hpp"
#include "adapters/registry_api/body_reader.hpp"
#include "runner/evaluation/white_space.hpp"
#include "runner/registry/object_rules.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using nlohmann::json;

constexpr char const* lead_facet = "lead";

registry_outcome<scenario> read_document(json const& body) {
  input_problems problems;
  auto read = read_eqho_scenario(from_json(body, source_position{"", 0, 0, "/body"}), problems);
  if (problems.has_errors() || !read) return registry_error(field_problems(problems));
  return *std::move(read);
}

json lead_content(persona const& lead) {
  json content = to_amigo(lead.latest());
  for (auto const* const key : {"preferred_language", "timezone"})
    if (!content.contains(key)) content[key] = json::object();
  content["user_models"] = json::array();
  content["nonsensitive_user_variables"] = json::object();
  content["sensitive_user_variables"] = json::object();
  return content;
}

registry_outcome<std::vector<facet>> facets_of(json const& body) {
  std::vector<facet> facets;
  facets.emplace_back("dialect", "eqho");
  auto const set = body.find("scenario_set_id");
  if (set == body.end() || set->is_null()) return facets;
  if (!set->is_string() || set->get_ref<std::string const&>().size() != 24)
    return registry_error({field_problem({"body", "scenario_set_id"}, "expected null or 24 characters")});
  facets.emplace_back("scenario_set", set->get<std::string>());
  return facets;
}

registry_object object_of(object_kind kind, std::string const& organization, std::string const& id,
                          std::string name, std::string const& user) {
  registry_object object;
  object.key = object_key(organization, kind, id);
  object.name = std::move(name);
  object.created_by = object.updated_by = user;
  return object;
}

std::string lead_name(std::string const& scenario_name) {
  return scenario_name + " (lead)";
}

void describe_lead(registry_object& lead, eqho_draft const& draft) {
  lead.name = lead_name(draft.name);
  lead.searched_text = draft.lead_content.get().at("background").get<std::string>();
}

std::vector<facet> with_lead(std::vector<facet> facets, std::string const& lead_id) {
  facets.emplace_back(lead_facet, lead_id);
  return facets;
}

bool is_live_document(std::vector<object_state> const& states) {
  return is_eqho_object(states.front().object) && !states.front().object.is_deleted;
}

registry_error no_document() {
  return {registry_refusal::not_found, "no such scenario"};
}

}  // namespace

registry_outcome<eqho_draft> draft_of(json const& body) {
  auto const read = read_document(body);
  if (!read) return read.error();
  auto facets = facets_of(body);
  if (!facets) return facets.error();
  eqho_draft draft;
  json document = body;
  for (auto const* const key : {"_id", "account_id", "history"}) document.erase(key);
  for (auto const* const key :
       {"description", "environment_setup", "evaluation_criteria", "folder", "scenario_set_id"})
    if (!document.contains(key)) document[key] = nullptr;
  draft.name = std::string(trimmed(read->name));
  document["name"] = draft.name;
  draft.lead_content = json_value(lead_content(*read->lead));
  draft.document = json_value(std::move(document));
  draft.facets = *std::move(facets);
  return draft;
}

creation eqho_creation(eqho_draft const& draft, std::string const& organization, std::string const& user,
                       std::string const& told_id, std::string const& lead_id) {
  new_object told;
  told.object = object_of(object_kind::scenario, organization, told_id, draft.name, user);
  told.object.facets = with_lead(draft.facets, lead_id);
  told.first_version = draft.document;
  new_object lead;
  lead.object = object_of(object_kind::persona, organization, lead_id, {}, user);
  lead.object.facets = {facet("dialect", "eqho"), facet("role", "lead")};
  lead.object.body = json_value(json{{"role", "lead"}});
  lead.first_version = draft.lead_content;
  describe_lead(lead.object, draft);
  creation made;
  made.objects.push_back(std::move(told));
  made.objects.push_back(std::move(lead));
  return made;
}

change_rule replace_document(eqho_draft draft, std::string user) {
  return [=](std::vector<object_state> const& before) -> registry_outcome<change_set> {
    if (!is_live_document(before)) return no_document();
    object_change told{before[0].object, draft.document};
    told.after.facets = with_lead(draft.facets, before[1].object.key.id);
    told.after.name = draft.name;
    object_change lead{before[1].object, draft.lead_content};
    describe_lead(lead.after, draft);
    told.after.updated_by = lead.after.updated_by = user;
    change_set set;
    set.changes.push_back(std::move(told));
    set.changes.push_back(std::move(lead));
    return set;
  };
}

change_rule remove_document(std::string user) {
  return [=](std::vector<object_state> const& before) -> registry_outcome<change_set> {
    if (!is_live_document(before)) return no_document();
    change_set set;
    for (auto const& state : before) {
      if (state.in_use)
        return registry_error(registry_refusal::refused,
                              "this scenario is in use: delete what refers to it first");
      object_change change{state.object, std::nullopt};
      change.after.is_deleted = true;
      change.after.updated_by = user;
      set.changes.push_back(std::move(change));
    }
    return set;
  };
}

std::string lead_of(registry_object const& scenario) {
  for (auto const& each : scenario.facets)
    if (each.name == lead_facet) return each.value.value_or("");
  return {};
}

json document_json(registry_object const& scenario, object_version const& latest) {
  json document = latest.content.get();
  document["_id"] = scenario.key.id;
  document["account_id"] = scenario.key.organization;
  document["history"] = {{"revision", latest.number - 1},
                         {"created_at", to_iso8601(scenario.created_at)},
                         {"created_by", scenario.created_by},
                         {"last_modified_at", to_iso8601(latest.created_at)},
                         {"last_modified_by", latest.created_by}};
  return document;
}

json amigo_content_of(json const& document) {
  auto const read = read_document(document);
  if (!read) return document;
  scenario_version const& version = read->latest();
  return {{"objective", version.objective},
          {"instructions", version.instructions},
          {"initial_message_type", to_text(version.opening)},
          {"conversation_starts_at", nullptr}};
}

}  // namespace parley
