// Eqho documents as objects of the registry and back: one document is a scenario and its own persona, `lead`.
#pragma once

#include "runner/ports/registry_store.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace parley {

// A document with everything the registry makes of it.
struct eqho_draft {
  std::string name;
  json_value document;      // without what is ours to give: _id, account_id, history
  json_value lead_content;  // of the persona's version, in the Amigo dialect
  std::vector<facet> facets;
};

// `body` has the shape of a document. `invalid`: an opening line in the wrong place, a bad scenario_set_id.
registry_outcome<eqho_draft> draft_of(nlohmann::json const& body);

// Both objects, for `registry_store::create`; the scenario comes first.
creation eqho_creation(eqho_draft const& draft, std::string const& organization, std::string const& user,
                       std::string const& told_id, std::string const& lead_id);

// For `registry_store::change` of [scenario, lead]: a new version of both. Not an Eqho document, or deleted:
// not_found.
change_rule replace_document(eqho_draft draft, std::string user);
change_rule remove_document(std::string user);

// Id of the persona that belongs to a document; empty for other scenarios.
std::string lead_of(registry_object const& scenario);

// The whole document as the dialect shows it.
nlohmann::json document_json(registry_object const& scenario, object_version const& latest);

// A version of a document as the Amigo dialect shows it: objective, instructions, who opens.
nlohmann::json amigo_content_of(nlohmann::json const& document);

}  // namespace parley
