#include "adapters/registry_api/body_reader.hpp"

#include "runner/registry/storable_text.hpp"
#include "runner/registry/text_rules.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace parley {
namespace {

using nlohmann::json;

std::vector<std::string> location(std::string_view pointer) {
  std::vector<std::string> parts;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    auto const end = pointer.find('/');
    parts.emplace_back(pointer.substr(0, end));
    pointer.remove_prefix(end == pointer.npos ? pointer.size() : end);
  }
  if (parts.empty()) parts.emplace_back("body");
  return parts;
}

std::string kind_of(std::string_view what) {
  if (what.starts_with("missing key")) return "missing";
  return what.find(" is expected") != what.npos ? "type_error" : "value_error";
}

// Depth is bounded: the parser saw to it.
void check_texts(json const& value, std::vector<std::string>& at, std::vector<field_problem>& problems) {
  if (value.is_string() && !is_storable(value.get_ref<std::string const&>()))
    problems.emplace_back(at, "holds U+0000 or half a surrogate pair");
  if (value.is_number_float() && !std::isfinite(value.get<double>()))
    problems.emplace_back(at, "is beyond every number");
  if (!value.is_structured()) return;
  for (auto const& [key, member] : value.items()) {
    at.push_back(key);
    if (!is_storable(key)) problems.emplace_back(at, "a key holds U+0000 or half a surrogate pair");
    check_texts(member, at, problems);
    at.pop_back();
  }
}

}  // namespace

std::optional<rule_breach> name_rule(located_tree const& node) {
  if (node.text.size() <= longest_name) return std::nullopt;
  return rule_breach{"is longer than " + std::to_string(longest_name) + " bytes", "shorten it"};
}

std::vector<field_problem> field_problems(input_problems const& problems) {
  std::vector<field_problem> found;
  for (auto const& problem : problems.sorted()) {
    if (problem.severity != input_problem::severity_level::error) continue;
    std::string const remedy = problem.remedy.empty() ? "" : ", " + problem.remedy;
    found.emplace_back(location(problem.where.pointer), problem.what + remedy, kind_of(problem.what));
  }
  return found;
}

registry_outcome<json_value> read_body(std::string_view text, shape const& expected) {
  auto parsed = parse_json(text);
  if (!parsed.ok)
    return registry_error({field_problem({"body"}, "no JSON: " + parsed.error, "json_invalid")});
  std::vector<field_problem> found;
  std::vector<std::string> at{"body"};
  check_texts(parsed.value.get(), at, found);
  input_problems problems;
  check_shape(from_json(parsed.value.get(), source_position{"", 0, 0, "/body"}), expected, "body", problems);
  for (auto& problem : field_problems(problems)) found.push_back(std::move(problem));
  if (!found.empty()) return registry_error(std::move(found));
  return parsed.value;
}

}  // namespace parley
