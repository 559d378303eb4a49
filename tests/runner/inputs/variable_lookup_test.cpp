#include "runner/inputs/variable_lookup.hpp"

#include "tests/support/catch.hpp"

#include <nlohmann/json.hpp>

using namespace parley;
using nlohmann::json;

TEST_CASE("A variable with dots is looked up whole first, then nested") {
  json_value const variables(json::parse(R"({
    "lead.custom_fields.status": "gold",
    "lead": {"custom_fields": {"status": "never", "city": "Bonn"}},
    "deep.er": {"x": {"y.z": 1}},
    "list": ["a", {"b": 2}],
    "unset": null})"));
  CHECK(find_variable(variables, "lead.custom_fields.status") == json_value::of_string("gold"));
  CHECK(find_variable(variables, "lead.custom_fields.city") == json_value::of_string("Bonn"));
  CHECK(find_variable(variables, "deep.er.x.y.z") == json_value(json(1)));
  CHECK(find_variable(variables, "list.1.b") == json_value(json(2)));
  CHECK(find_variable(variables, "unset") == json_value());
  CHECK_FALSE(find_variable(variables, "lead.custom_fields.street"));
  CHECK_FALSE(find_variable(variables, "list.2"));
  CHECK_FALSE(find_variable(variables, ""));
  CHECK_FALSE(find_variable(json_value(), "anything"));
}
