#include "runner/evaluation/tally.hpp"

namespace parley {
namespace {

verdict together(verdict a, verdict b) {
  if (a == verdict::not_met || b == verdict::not_met) return verdict::not_met;
  return a == verdict::undecided ? a : b;
}

verdict answer_of(action_result const& result) {
  return result.match ? verdict::met : verdict::not_met;
}

template <class Result>
verdict answer_of(Result const& result) {
  return result.answer;
}

std::optional<int> reward_of(verdict answer) {
  if (answer == verdict::undecided) return std::nullopt;
  return answer == verdict::met ? 1 : 0;
}

template <class Result>
void add_component(evaluation& all, char const* name, std::vector<Result> const& results) {
  if (results.empty()) return;
  verdict component = verdict::met;
  for (auto const& result : results) component = together(component, answer_of(result));
  all.reward_breakdown[name] = reward_of(component);
  all.overall = together(all.overall, component);
}

}  // namespace

void tally(evaluation& all) {
  if (!all.scored) return;
  all.reward_breakdown.clear();
  all.overall = verdict::met;
  add_component(all, "ACTION", all.actions);
  add_component(all, "CHECK", all.checks);
  add_component(all, "NL_ASSERTION", all.nl_assertions);
  add_component(all, "METRIC", all.metrics);
}

}  // namespace parley
