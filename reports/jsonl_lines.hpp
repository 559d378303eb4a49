// `jsonl`: one JSON object a line for each trial of a run, or for each conversation that `evaluate` scored.
// The fields are a contract: formats §10.
#pragma once

#include "reports/report.hpp"
#include "runner/run/run_record.hpp"

#include <iosfwd>
#include <optional>
#include <string>

namespace parley {

// One line's content. `judged` must outlive it.
struct result_line {
  std::string id;
  std::optional<int> trial;
  outcome_class outcome = outcome_class::cancelled;
  std::optional<stop_reason> stopped;
  evaluation const* judged = nullptr;  // null or not scored: empty lists
  std::optional<trial_error> error;
  std::chrono::microseconds duration{0};
  int attempts = 1;     // written when there were more
  party_spending used;  // of all attempts; written when language models took part
};

result_line line_of(cell_record const& cell, trial_record const& trial, evaluation const& judged);

// The object, without a newline. With `sealed` the transcript is its last member, as in the json report.
void append_result_line(std::string& out, result_line const& line, transcript const* sealed = nullptr);

void write_jsonl(run_record const& run, report_options const& options, std::ostream& out);

}  // namespace parley
