// JSON Schemas of replies, as /openapi.json shows them and the tests check live replies against them.
#pragma once

#include "runner/json_value.hpp"

#include <initializer_list>
#include <string>
#include <utility>

namespace parley {

json_value id_schema();  // 24 hex digits
json_value text_schema();
json_value count_schema();  // a whole number, not negative
json_value number_schema();
json_value flag_schema();
json_value time_schema();
json_value author_schema();  // {org_id, user_id}
json_value any_schema();
json_value or_null(json_value const& schema);
json_value list_schema(json_value const& element);
json_value map_schema(json_value const& value);  // of free keys

using schema_keys = std::initializer_list<std::pair<std::string, json_value>>;

// Every key is required; further keys are allowed.
json_value object_schema(schema_keys keys);
// `base` with further required keys.
json_value extended_schema(json_value const& base, schema_keys keys);

json_value filter_values_schema(bool with_roles);
// {key: [element], has_more, continuation_token}, and filter_values unless that schema is null.
json_value page_schema(std::string const& key, json_value const& element, json_value const& filter_values);

// Keys that every object of the Amigo dialect has in a list; `tags` as an object, or as [{key, value}].
json_value element_schema(bool tags_as_list);
// Keys that every version has; `owner_key` is "simulation_scenario_id".
json_value version_schema(std::string const& owner_key);

}  // namespace parley
