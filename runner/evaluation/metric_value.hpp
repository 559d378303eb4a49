// Values of metrics: whether one is possible, and whether it satisfies a criterion. Pure.
#pragma once

#include "runner/evaluation/judge_prompt.hpp"
#include "runner/evaluation/verdict.hpp"

#include <string>

namespace parley {

// boolean, numerical or categorical; boolean when the declaration doesn't say.
std::string metric_type(metric_definition const& metric);

// Why `value` can't be the metric's: another type, outside its bounds, none of its categories. Empty = it
// can.
std::string why_impossible(metric_definition const& metric, json_value const& value);

// Why `criterion` can't be compared with the metric's values. Empty = it can.
std::string why_incomparable(metric_definition const& metric, json_value const& criterion);

// A possible value against a comparable criterion.
bool satisfies(json_value const& value, json_value const& criterion);

}  // namespace parley
