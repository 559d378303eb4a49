// What the judge is asked: one question about a sealed transcript. Everything that was said is data: a
// numbered line each, as a JSON string, so that no text can leave its line. Pure.
#pragma once

#include "runner/conversation/transcript.hpp"
#include "runner/inputs/scenario.hpp"
#include "runner/ports/language_model.hpp"

#include <functional>
#include <string>
#include <vector>

namespace parley {

// A metric as the project declares it.
struct metric_definition {
  std::string name;
  std::string id;  // may be empty
  std::string description;
  json_value value;  // {type: boolean | numerical, lower_bound, upper_bound | categorical, categories}
  std::string notes;
};

// What the judge knows beside the transcript. No persona, no expected actions.
struct judge_background {
  std::string description;  // purpose and notes
  std::string objective;
  std::string medium;
};

// Takes secrets out of a text before the judge sees it; empty = there are none.
using text_redaction = std::function<std::string(std::string)>;

// One message, call or result of the transcript. A quote must stand in one `content`.
struct judge_line {
  int number = 0;
  std::string label;    // "turn 2, agent says"; ours alone
  std::string content;  // what was said, or JSON of the call or the result
  bool is_json = false;
};

judge_background background_of(scenario const& told, text_redaction const& redact);

// History is marked as such; system messages are left out. Results are shortened, and so is what is longer
// than 16 kB.
std::vector<judge_line> judge_lines(transcript const& sealed, text_redaction const& redact);

// {verdict: met | not_met | cannot_tell, quote, justification}, at temperature 0. The seed is the caller's.
model_request assertion_request(judge_background const& background, std::vector<judge_line> const& lines,
                                std::string const& assertion);

// {value, quote, justification}: value of the metric's type, null = cannot tell.
model_request metric_request(judge_background const& background, std::vector<judge_line> const& lines,
                             metric_definition const& metric);

}  // namespace parley
