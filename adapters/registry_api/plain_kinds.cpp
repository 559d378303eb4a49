#include "adapters/formats/amigo_shapes.hpp"
#include "adapters/formats/value_rules.hpp"
#include "adapters/registry_api/api_schemas.hpp"
#include "adapters/registry_api/body_reader.hpp"
#include "adapters/registry_api/plain_routes.hpp"

#include <nlohmann/json.hpp>

#include <set>

namespace parley {
namespace {

namespace asio = boost::asio;
using nlohmann::json;

shape id_shape(std::string description) {
  return text_shape(std::move(description)).obeying(id_rule);
}

std::optional<rule_breach> criterion_rule(located_tree const& node) {
  auto const* const type = node.find("type");
  if (type == nullptr || !type->is_string()) return std::nullopt;
  auto const needs = [&](std::initializer_list<char const*> keys) -> std::optional<rule_breach> {
    for (auto const* const key : keys)
      if (node.find(key) == nullptr) return rule_breach{"misses '" + std::string(key) + "'", "add it"};
    return std::nullopt;
  };
  if (type->text == "boolean") return needs({"expected_value"});
  if (type->text == "numerical") return needs({"verb", "threshold"});
  return needs({"expected_values"});
}

shape criterion_shape() {
  return map_shape("what the metric's value must be")
      .requiring("type",
                 text_shape("type of the metric's value").one_of({"boolean", "numerical", "categorical"}))
      .with("expected_value", flag_shape("of boolean: the value that passes"))
      .with("verb", text_shape("of numerical: how it compares").one_of({"==", "!=", "<", "<=", ">", ">="}))
      .with("threshold", number_shape("of numerical: with what"))
      .with("expected_values",
            list_shape("of categorical: the values that pass", text_shape("a category")).not_empty())
      .obeying(criterion_rule);
}

shape unit_test_keys() {
  shape const success = map_shape("a metric and what its value must be")
                            .requiring("name", text_shape("name of the criterion").not_empty())
                            .requiring("metric_id", id_shape("the metric"))
                            .requiring("criterion", criterion_shape());
  return map_shape("a unit test")
      .with("description", text_shape("what it is for").or_null())
      .with("service_id", text_shape("the agent, by name or id").not_empty().or_null())
      .with("service_version_set_name", text_shape("version set of the agent").not_empty().or_null())
      .with("persona_id", id_shape("who speaks").or_null())
      .with("scenario_id", id_shape("about what").or_null())
      .with("max_interactions", integer_shape("limit of the conversation").between(1, 100).or_null())
      .with("success_criterions", list_shape("what must hold", success).not_empty().or_null())
      .with("tags", amigo_tags_shape());
}

// Of a create call: a name, and the keys that have no default.
shape created(shape keys, std::initializer_list<std::string_view> required) {
  keys.requiring("name", text_shape("name, unique among live ones").not_empty().obeying(name_rule));
  for (shape_key& key : keys.keys) {
    if (std::find(required.begin(), required.end(), key.name) == required.end()) continue;
    key.required = true;
    key.value.kinds &= ~shape::null;
  }
  return keys.keeping_unknown();
}

// Of an update: everything may be absent; the name cannot be changed.
shape updated(shape keys) {
  shape name = any_shape("cannot be changed");
  name.obeying([](located_tree const&) -> std::optional<rule_breach> {
    return rule_breach{"cannot be changed", "leave it out, or create another object"};
  });
  return keys.with("name", name).keeping_unknown();
}

json_value criterion_type(registry_object const& metric) {
  auto const value = metric.body.get().find("metric_value");
  return value == metric.body.get().end() ? json_value() : json_value(value->value("type", json()));
}

asio::awaitable<registry_outcome<object_links>> unit_test_links(registry_services const* services,
                                                                std::string organization, json_value body) {
  json const& test = body.get();
  object_links links;
  auto const refer = [&](object_kind kind, std::string const& id) {
    links.facets.emplace_back(std::string(to_text(kind)), id);
    links.needs.emplace_back(organization, kind, id);
  };
  auto const* const agent = services->find_agent(test.at("service_id").get<std::string>());
  if (agent == nullptr)
    co_return registry_error(registry_refusal::not_found,
                             "no such service: agents of the server's parley.yaml are known by name or id");
  links.facets.emplace_back("service", agent->id);
  refer(object_kind::scenario, test.at("scenario_id").get<std::string>());
  refer(object_kind::persona, test.at("persona_id").get<std::string>());
  std::set<std::string> seen;
  for (json const& success : test.at("success_criterions")) {
    std::string const id = success.at("metric_id").get<std::string>();
    object_key key(organization, object_kind::metric, id);
    auto const metric = co_await services->store->find(std::move(key));
    if (!metric) co_return metric.error();
    std::string const type = success.at("criterion").at("type").get<std::string>();
    if (criterion_type(*metric).get() != type)
      co_return registry_error(
          registry_refusal::refused,
          "the criterion '" + success.at("name").get<std::string>() + "' is " + type + ", its metric is not");
    if (seen.insert(id).second) refer(object_kind::metric, id);
  }
  co_return links;
}

json unit_test_defaults() {
  return {{"description", ""}, {"service_version_set_name", "release"}, {"max_interactions", 20}};
}

shape unit_test_set_keys() {
  shape const entry = map_shape("a unit test and how often it runs")
                          .requiring("unit_test_id", id_shape("the unit test"))
                          .requiring("run_count", integer_shape("how often").between(1, 1000));
  return map_shape("a set of unit tests")
      .with("description", text_shape("what it is for").or_null())
      .with("unit_test_runs", list_shape("what runs how often", entry).or_null())
      .with("tags", amigo_tags_shape());
}

asio::awaitable<registry_outcome<object_links>> unit_test_set_links(registry_services const*,
                                                                    std::string organization,
                                                                    json_value body) {
  object_links links;
  std::set<std::string> seen;
  for (json const& entry : body.get().at("unit_test_runs")) {
    std::string const id = entry.at("unit_test_id").get<std::string>();
    if (!seen.insert(id).second) continue;
    links.facets.emplace_back("unit_test", id);
    links.needs.emplace_back(organization, object_kind::unit_test, id);
  }
  co_return links;
}

json unit_test_set_defaults() {
  return {{"description", ""}, {"unit_test_runs", json::array()}};
}

std::optional<rule_breach> metric_value_rule(located_tree const& node) {
  auto const* const type = node.find("type");
  if (type == nullptr || !type->is_string()) return std::nullopt;
  if (type->text == "categorical" && node.find("categories") == nullptr)
    return rule_breach{"misses 'categories'", "add at least one"};
  auto const* const low = node.find("lower_bound");
  auto const* const high = node.find("upper_bound");
  bool const both = low != nullptr && high != nullptr && !low->is_null() && !high->is_null();
  if (type->text == "numerical" && both && low->number.get().get<double>() > high->number.get().get<double>())
    return rule_breach{"has a lower bound above its upper one", "swap them"};
  return std::nullopt;
}

shape metric_keys() {
  shape const value =
      map_shape("what the judge answers")
          .requiring("type", text_shape("kind of value").one_of({"boolean", "numerical", "categorical"}))
          .with("lower_bound", number_shape("of numerical").or_null())
          .with("upper_bound", number_shape("of numerical").or_null())
          .with("categories", list_shape("of categorical", text_shape("a category").not_empty()).not_empty())
          .obeying(metric_value_rule);
  return map_shape("a metric")
      .with("description", text_shape("the question").or_null())
      .with("metric_value", shape(value).or_null())
      .with("applied_to_services", list_shape("agents it is for", text_shape("name or id")).or_null())
      .with("additional_notes", text_shape("more for the judge").or_null())
      .with("tags", amigo_tags_shape());
}

registry_outcome<void> keeps_metric_type(json const& before, json const& after) {
  if (before.at("metric_value").at("type") == after.at("metric_value").at("type"))
    return boost::system::in_place_value;
  return registry_error(
      {field_problem({"body", "metric_value", "type"},
                     "the type of a metric's value cannot be changed, create another metric")});
}

asio::awaitable<registry_outcome<object_links>> metric_links(registry_services const*, std::string,
                                                             json_value) {
  co_return object_links{};
}

json metric_defaults() {
  return {{"description", ""}, {"applied_to_services", json::array()}, {"additional_notes", ""}};
}

}  // namespace

plain_kind unit_test_kind() {
  plain_kind made;
  made.kind = object_kind::unit_test;
  made.path = "simulation/unit_test";
  made.id_key = "simulation_unit_test_id";
  made.list_key = "simulation_unit_tests";
  made.topic = "unit tests";
  made.limits = {50, 500};
  made.created = created(unit_test_keys(), {"service_id", "persona_id", "scenario_id", "success_criterions"});
  made.updated = updated(unit_test_keys());
  made.filters = {{"service_id", "service", false},
                  {"persona_id", "persona", true},
                  {"scenario_id", "scenario", true},
                  {"metric_id", "metric", true}};
  made.has_search = true;
  made.trims = {"description", "service_id", "service_version_set_name"};
  made.defaults = unit_test_defaults;
  made.links = unit_test_links;
  made.object_schema =
      extended_schema(element_schema(true), {{"description", text_schema()},
                                             {"service_id", text_schema()},
                                             {"service_version_set_name", text_schema()},
                                             {"persona_id", id_schema()},
                                             {"scenario_id", id_schema()},
                                             {"max_interactions", count_schema()},
                                             {"success_criterions", list_schema(any_schema())}});
  return made;
}

plain_kind unit_test_set_kind() {
  plain_kind made;
  made.kind = object_kind::unit_test_set;
  made.path = "simulation/unit_test_set";
  made.id_key = "simulation_unit_test_set_id";
  made.list_key = "simulation_unit_test_sets";
  made.topic = "unit test sets";
  made.limits = {20, 20};
  made.created = created(unit_test_set_keys(), {"unit_test_runs"});
  made.updated = updated(unit_test_set_keys());
  made.filters = {{"unit_test_id", "unit_test", true}};
  made.trims = {"description"};
  made.defaults = unit_test_set_defaults;
  made.links = unit_test_set_links;
  made.object_schema = extended_schema(
      element_schema(true), {{"description", text_schema()}, {"unit_test_runs", list_schema(any_schema())}});
  return made;
}

plain_kind metric_kind() {
  plain_kind made;
  made.kind = object_kind::metric;
  made.path = "metric";
  made.id_key = "metric_id";
  made.list_key = "metrics";
  made.topic = "metrics";
  made.limits = {50, 50};
  made.created = created(metric_keys(), {"metric_value"});
  made.updated = updated(metric_keys());
  made.may_become = keeps_metric_type;
  made.changed_status = 200;
  made.lists_deleted = false;
  made.trims = {"description", "additional_notes"};
  made.defaults = metric_defaults;
  made.links = metric_links;
  made.object_schema =
      extended_schema(element_schema(true), {{"description", text_schema()},
                                             {"metric_value", any_schema()},
                                             {"applied_to_services", list_schema(text_schema())},
                                             {"additional_notes", text_schema()}});
  return made;
}

}  // namespace parley
