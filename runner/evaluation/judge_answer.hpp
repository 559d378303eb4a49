// What the judge's model answered, read as a verdict. Pure. Whatever is wrong with an answer leaves the
// question undecided, with the reason as justification; it never counts against the agent.
#pragma once

#include "runner/evaluation/judge_prompt.hpp"
#include "runner/evaluation/verdict.hpp"
#include "runner/ports/language_model.hpp"

#include <string>
#include <vector>

namespace parley {

struct judged_answer {
  verdict answer = verdict::undecided;
  std::string quote;  // as the transcript has it; empty when undecided
  std::string justification;
  json_value value;  // of a metric
};

// Undecided when cut off, refused, unreadable, ambiguous, `cannot_tell`, or without a quote from `lines`.
judged_answer read_assertion_answer(model_answer const& answer, std::vector<judge_line> const& lines);

// The same for a metric: a value outside its bounds or categories is undecided too; any other is compared
// with `criterion` ({type, expected_value | verb, threshold | expected_values}).
judged_answer read_metric_answer(model_answer const& answer, std::vector<judge_line> const& lines,
                                 metric_definition const& metric, json_value const& criterion);

judged_answer undecided_because(std::string reason);

}  // namespace parley
