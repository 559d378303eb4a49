// Objects of the registry as the Amigo dialect shows them.
#pragma once

#include "runner/registry/list_query.hpp"
#include "runner/registry/registry_object.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace parley {

// "2026-11-21T09:00:00.123456Z"
std::string to_iso8601(micro_time at);

nlohmann::json author_json(std::string const& organization, std::string const& user);  // {org_id, user_id}

// id, name, tags as an object, is_deleted, times and authors, and what `body` holds.
nlohmann::json element_json(registry_object const& object);

// A version with the keys every version has, written straight into `out`, for it is what is read most;
// `owner_key` is "simulation_scenario_id".
void append_version(std::string& out, registry_object const& of, object_version const& version,
                    std::string const& owner_key);

nlohmann::json filter_values_json(facet_values const& values, std::string const& organization,
                                  bool with_roles);

// Each as `show` says.
nlohmann::json list_json(std::vector<registry_object> const& objects,
                         nlohmann::json (*show)(registry_object const&));

// {key: [objects], has_more, continuation_token}
nlohmann::json page_json(std::string const& key, nlohmann::json items, std::optional<std::int64_t> next);

}  // namespace parley
