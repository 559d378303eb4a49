#include "adapters/formats/value_rules.hpp"

#include "runner/inputs/language.hpp"
#include "runner/inputs/local_time.hpp"
#include "runner/inputs/pass_rule.hpp"
#include "runner/inputs/quantity_text.hpp"
#include "runner/registry/text_rules.hpp"

#include <re2/re2.h>

namespace parley {
namespace {

std::optional<rule_breach> unless(bool fine, located_tree const& node, char const* what, char const* remedy) {
  if (fine) return std::nullopt;
  return rule_breach{"is '" + node.text + "', " + what, remedy};
}

}  // namespace

std::optional<rule_breach> duration_rule(located_tree const& node) {
  if (!node.is_string()) return std::nullopt;
  return unless(parse_duration(node.text).has_value(), node, "no duration",
                "write it like 250ms, 30s, 5m or 1h");
}

std::optional<rule_breach> size_rule(located_tree const& node) {
  if (!node.is_string()) return std::nullopt;
  return unless(parse_size(node.text).has_value(), node, "no size", "write it like 16KiB or 8MiB");
}

std::optional<rule_breach> positive_rule(located_tree const& node) {
  if (node.type != located_tree::kind::number || node.text.find_first_of("123456789") != std::string::npos)
    return std::nullopt;
  return rule_breach{"is " + node.text, "it must be above 0"};
}

std::optional<rule_breach> timestamp_rule(located_tree const& node) {
  if (!node.is_string()) return std::nullopt;
  return unless(parse_rfc3339(node.text).has_value(), node, "no point in time",
                "write it in UTC like 2026-11-20T09:00:00Z");
}

std::optional<rule_breach> timezone_rule(located_tree const& node) {
  if (!node.is_string()) return std::nullopt;
  return unless(is_known_timezone(node.text), node, "no timezone known here",
                "write an IANA name like Europe/Berlin");
}

std::optional<rule_breach> language_rule(located_tree const& node) {
  if (!node.is_string()) return std::nullopt;
  return unless(canonical_language(node.text).has_value(), node, "no language known here",
                "write an ISO 639-3 code like eng");
}

std::optional<rule_breach> pattern_rule(located_tree const& node) {
  if (!node.is_string()) return std::nullopt;
  RE2::Options options;
  options.set_log_errors(false);
  RE2 const pattern(node.text, options);
  if (pattern.ok()) return std::nullopt;
  return rule_breach{"is no valid pattern: " + pattern.error(),
                     "patterns are RE2: no backreferences, no lookaround"};
}

std::optional<rule_breach> latency_rule(located_tree const& node) {
  if (!node.is_string()) return std::nullopt;
  static RE2 const form(R"(\s*(?:max|mean|p50|p90|p95|p99)\s*<=?\s*(\S+)\s*)");
  std::string limit;
  bool const fine = RE2::FullMatch(node.text, form, &limit) && parse_duration(limit).has_value();
  return unless(fine, node, "no latency expression",
                "write it like \"p95 < 2s\": max, mean, p50, p90, p95 or p99, then < or <=, then a duration");
}

std::optional<rule_breach> times_rule(located_tree const& node) {
  if (!node.is_string()) return std::nullopt;
  static RE2 const form(R"(\s*(?:>=|<=|==|>|<)?\s*\d{1,9}\s*)");
  return unless(RE2::FullMatch(node.text, form), node, "no number of times", "write 2 or \">= 2\"");
}

std::optional<rule_breach> id_rule(located_tree const& node) {
  if (!node.is_string()) return std::nullopt;
  return unless(is_object_id(node.text), node, "no id",
                "an id is 24 lower-case hex digits; leave it out to have one made from the name");
}

std::optional<rule_breach> pass_rule_rule(located_tree const& node) {
  return unless(parse_pass_rule(node.text).has_value(), node, "no pass rule",
                "write all, any, K/N (4/5), or a rate (0.8 or 80%)");
}

}  // namespace parley
