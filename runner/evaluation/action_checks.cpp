#include "runner/evaluation/action_checks.hpp"

#include "runner/evaluation/call_assignment.hpp"
#include "runner/evaluation/call_listing.hpp"
#include "runner/evaluation/call_match.hpp"
#include "runner/evaluation/tau2_match.hpp"

#include <algorithm>

namespace parley {
namespace {

using calls = std::vector<tool_call const*>;

calls calls_of(transcript const& sealed, bool with_history) {
  calls all;
  for (message const& said : sealed.messages) {
    if (said.from_history && !with_history) continue;
    if (with_history && said.from != role::agent && said.from != role::user) continue;
    for (tool_call const& call : said.tool_calls) all.push_back(&call);
  }
  return all;
}

bool same_tool(expected_action const& wanted, tool_call const& made) {
  return wanted.by == made.by && wanted.call.name == made.name;
}

bool satisfies(tool_call const& made, expected_action const& wanted) {
  return same_tool(wanted, made) &&
         arguments_match(wanted.call.arguments, wanted.call.compare_args, made.arguments);
}

call_candidates candidates_for(std::vector<expected_action> const& expected, calls const& made) {
  call_candidates candidates(expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i)
    for (std::size_t k = 0; k < made.size(); ++k)
      if (satisfies(*made[k], expected[i])) candidates[i].push_back(k);
  return candidates;
}

action_result result_for(expected_action const& wanted) {
  return {wanted.call.name, wanted.call.arguments, wanted.by, false, {}};
}

// What was done instead: the nearest call of the same tool, else the list of calls.
std::string instead(expected_action const& wanted, calls const& made, transcript const& sealed) {
  auto const near =
      std::find_if(made.begin(), made.end(), [&](tool_call const* call) { return same_tool(wanted, *call); });
  if (near == made.end()) return listed_calls(sealed);
  bool const without = wanted.call.arguments.is_null() && !wanted.call.compare_args;
  return listed_call(**near) +
         (without ? "; no arguments were expected: compare_args: [] looks at the name alone" : "");
}

std::vector<action_result> check_tau2(std::vector<expected_action> const& expected,
                                      transcript const& sealed) {
  calls const made = calls_of(sealed, true);
  std::vector<action_result> results;
  for (auto const& wanted : expected) {
    auto const hit = std::find_if(made.begin(), made.end(),
                                  [&](tool_call const* call) { return tau2_matches(wanted.call, *call); });
    auto& result = results.emplace_back(result_for(wanted));
    result.match = hit != made.end();
    result.evidence = result.match ? listed_call(**hit) : instead(wanted, made, sealed);
  }
  return results;
}

std::vector<action_result> check_exact(std::vector<expected_action> const& expected, bool ordered,
                                       transcript const& sealed) {
  calls const made = calls_of(sealed, false);
  auto const candidates = candidates_for(expected, made);
  auto const assigned = ordered ? assign_most_in_order(candidates) : assign_most(candidates);
  std::vector<action_result> results;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    auto& result = results.emplace_back(result_for(expected[i]));
    result.match = assigned[i].has_value();
    if (result.match) {
      result.evidence = listed_call(*made[*assigned[i]]);
    } else if (candidates[i].empty()) {
      result.evidence = instead(expected[i], made, sealed);
    } else {
      result.evidence = ordered ? "called, but not in this order" : "called, but not often enough";
    }
  }
  return results;
}

}  // namespace

std::vector<action_result> check_actions(std::vector<expected_action> const& expected, bool ordered,
                                         action_matching matching, transcript const& sealed) {
  if (expected.empty()) return {};
  return matching == action_matching::tau2 ? check_tau2(expected, sealed)
                                           : check_exact(expected, ordered, sealed);
}

}  // namespace parley
