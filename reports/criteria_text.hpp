// The criteria of one trial as lines for people: the verdict, what was asked, and the evidence beneath. The
// text is untrusted: whoever prints it makes it safe.
#pragma once

#include "runner/conversation/transcript.hpp"
#include "runner/evaluation/verdict.hpp"

#include <optional>
#include <string>
#include <vector>

namespace parley {

struct criterion_line {
  verdict answer = verdict::undecided;
  std::string text;         // `mentions "refund id"`
  std::string evidence;     // may be empty
  std::optional<int> turn;  // where the evidence stands
};

// In the order actions, checks, nl_assertions, metrics. What is not met comes first when `bad_first`.
std::vector<criterion_line> list_criteria(evaluation const& judged, bool bad_first = true);

// As a table; empty when there are none.
std::string criteria_lines(evaluation const& judged);

// What was said in the turns that criteria which are not met point at; at most `most` turns.
std::string offending_turns(evaluation const& judged, transcript const& sealed, std::size_t most = 3);

}  // namespace parley
