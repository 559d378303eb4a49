// Rules for single values that a kind alone cannot say; used in shapes.
#pragma once

#include "adapters/formats/document_shape.hpp"

namespace parley {

std::optional<rule_breach> duration_rule(located_tree const& node);
std::optional<rule_breach> size_rule(located_tree const& node);
std::optional<rule_breach> positive_rule(located_tree const& node);  // numbers only
std::optional<rule_breach> timestamp_rule(located_tree const& node);
std::optional<rule_breach> timezone_rule(located_tree const& node);
std::optional<rule_breach> language_rule(located_tree const& node);
std::optional<rule_breach> pattern_rule(located_tree const& node);  // RE2
std::optional<rule_breach> latency_rule(located_tree const& node);  // p95 < 2s
std::optional<rule_breach> times_rule(located_tree const& node);    // 2 or ">= 2"
std::optional<rule_breach> id_rule(located_tree const& node);       // 24 lower-case hex digits
std::optional<rule_breach> pass_rule_rule(located_tree const& node);

}  // namespace parley
