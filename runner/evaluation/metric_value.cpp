#include "runner/evaluation/metric_value.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace parley {
namespace {

using nlohmann::json;

json const& field(json const& object, char const* key) {
  static json const nothing;
  if (!object.is_object()) return nothing;
  auto const found = object.find(key);
  return found == object.end() ? nothing : *found;
}

std::string text_field(json const& object, char const* key) {
  json const& found = field(object, key);
  return found.is_string() ? found.get<std::string>() : std::string();
}

bool is_among(json const& value, json const& list) {
  return list.is_array() &&
         std::any_of(list.begin(), list.end(), [&](json const& one) { return json_equal(one, value); });
}

std::string outside_bounds(json const& bounds, json const& value) {
  json const& lower = field(bounds, "lower_bound");
  json const& upper = field(bounds, "upper_bound");
  double const number = value.get<double>();
  bool const below = lower.is_number() && number < lower.get<double>();
  bool const above = upper.is_number() && number > upper.get<double>();
  if (!below && !above) return {};
  return "the value " + value.dump() + " is " + (below ? "below " + lower.dump() : "above " + upper.dump());
}

constexpr std::array<std::string_view, 6> verbs{"==", "!=", "<", "<=", ">", ">="};

bool compare(json const& value, std::string const& verb, json const& threshold) {
  if (verb == "==") return json_equal(value, threshold);
  if (verb == "!=") return !json_equal(value, threshold);
  double const a = value.get<double>();
  double const b = threshold.get<double>();
  if (verb == "<") return a < b;
  if (verb == "<=") return a <= b;
  return verb == ">" ? a > b : a >= b;
}

}  // namespace

std::string metric_type(metric_definition const& metric) {
  std::string type = text_field(metric.value.get(), "type");
  return type.empty() ? "boolean" : type;
}

std::string why_impossible(metric_definition const& metric, json_value const& value) {
  json const& given = value.get();
  std::string const type = metric_type(metric);
  if (type == "numerical") {
    if (!given.is_number()) return "the value " + given.dump() + " is no number";
    return outside_bounds(metric.value.get(), given);
  }
  if (type == "categorical") {
    if (is_among(given, field(metric.value.get(), "categories"))) return {};
    return "the value " + value.dump() + " is none of the metric's categories";
  }
  return given.is_boolean() ? std::string() : "the value " + value.dump() + " is neither true nor false";
}

std::string why_incomparable(metric_definition const& metric, json_value const& criterion) {
  json const& wanted = criterion.get();
  std::string const type = text_field(wanted, "type");
  if (type != metric_type(metric))
    return "the criterion is " + (type.empty() ? "of no type" : type) + ", the metric is " +
           metric_type(metric);
  if (type == "boolean" && !field(wanted, "expected_value").is_boolean())
    return "the criterion has no expected_value";
  if (type == "categorical" && !field(wanted, "expected_values").is_array())
    return "the criterion has no expected_values";
  if (type != "numerical") return {};
  bool const known = std::find(verbs.begin(), verbs.end(), text_field(wanted, "verb")) != verbs.end();
  return known && field(wanted, "threshold").is_number() ? std::string()
                                                         : "the criterion has no verb and threshold";
}

bool satisfies(json_value const& value, json_value const& criterion) {
  json const& wanted = criterion.get();
  std::string const type = text_field(wanted, "type");
  if (type == "numerical")
    return compare(value.get(), text_field(wanted, "verb"), field(wanted, "threshold"));
  if (type == "categorical") return is_among(value.get(), field(wanted, "expected_values"));
  return json_equal(value.get(), field(wanted, "expected_value"));
}

}  // namespace parley
