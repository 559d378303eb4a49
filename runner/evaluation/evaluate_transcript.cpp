#include "runner/evaluation/evaluate_transcript.hpp"

#include "runner/amount_text.hpp"
#include "runner/evaluation/action_checks.hpp"
#include "runner/evaluation/call_check.hpp"
#include "runner/evaluation/excerpt.hpp"
#include "runner/evaluation/figure_check.hpp"
#include "runner/evaluation/schema_check.hpp"
#include "runner/evaluation/tally.hpp"
#include "runner/evaluation/text_check.hpp"
#include "runner/run/outcome_class.hpp"

#include <variant>

namespace parley {
namespace {

using any_check =
    std::variant<text_check, call_check, ended_by_check, max_turns_check, latency_check, schema_check>;

constexpr char const* no_judge = "no judge is configured";

template <class Check>
std::optional<any_check> made_ready(check const& source, input_problems& problems) {
  auto ready = Check::compile(source, problems);
  if (!ready) return std::nullopt;
  return any_check(std::move(*ready));
}

std::optional<any_check> compile_check(check const& source, input_problems& problems) {
  switch (source.kind) {
    case check_kind::tool_called:
    case check_kind::tool_not_called:
      return made_ready<call_check>(source, problems);
    case check_kind::ended_by:
      return made_ready<ended_by_check>(source, problems);
    case check_kind::max_turns:
      return made_ready<max_turns_check>(source, problems);
    case check_kind::turn_latency:
      return made_ready<latency_check>(source, problems);
    case check_kind::json_schema:
      return made_ready<schema_check>(source, problems);
    default:
      return made_ready<text_check>(source, problems);
  }
}

struct named_check {
  check_result blank;  // without a verdict
  any_check what;
};

check_result blank_result(check const& source) {
  return {std::string(to_text(source.kind)),
          excerpt(source.value.dump()),
          source.name,
          verdict::undecided,
          {},
          {}};
}

check_result judged(named_check const& criterion, transcript const& sealed) {
  check_result result = criterion.blank;
  finding found = std::visit([&](auto const& ready) { return ready.look_at(sealed); }, criterion.what);
  result.answer = found.answer;
  result.evidence = std::move(found.evidence);
  result.turn = found.turn;
  return result;
}

check_result limit_reached(transcript const& sealed) {
  return {"max_interactions",
          {},
          {},
          verdict::not_met,
          "not finished after " + counted(sealed.interactions, "interaction"),
          sealed.interactions};
}

}  // namespace

struct compiled_criteria::parts {
  std::vector<expected_action> actions;
  bool ordered = false;
  action_matching matching = action_matching::exact;
  std::vector<named_check> checks;
  std::vector<nl_assertion_result> nl_assertions;
  std::vector<metric_result> metrics;
};

compiled_criteria::compiled_criteria(criteria const& source, action_matching matching,
                                     input_problems& problems) {
  auto ready = std::make_unique<parts>();
  ready->actions = source.actions;
  ready->ordered = source.actions_ordered;
  ready->matching = matching;
  for (check const& one : source.checks)
    if (auto compiled = compile_check(one, problems))
      ready->checks.push_back({blank_result(one), std::move(*compiled)});
  for (auto const& text : source.nl_assertions)
    ready->nl_assertions.push_back({text, verdict::undecided, {}, no_judge});
  for (auto const& metric : source.metrics)
    ready->metrics.push_back({metric.name, {}, verdict::undecided, no_judge});
  parts_ = std::move(ready);
}

compiled_criteria::~compiled_criteria() = default;
compiled_criteria::compiled_criteria(compiled_criteria&&) noexcept = default;
compiled_criteria& compiled_criteria::operator=(compiled_criteria&&) noexcept = default;

evaluation compiled_criteria::evaluate(transcript const& sealed) const {
  evaluation all;
  if (!is_scored(sealed.stopped)) return all;
  all.scored = true;
  all.actions = check_actions(parts_->actions, parts_->ordered, parts_->matching, sealed);
  all.checks.reserve(parts_->checks.size() + 1);
  for (auto const& criterion : parts_->checks) all.checks.push_back(judged(criterion, sealed));
  if (sealed.stopped == stop_reason::max_interactions) all.checks.push_back(limit_reached(sealed));
  all.nl_assertions = parts_->nl_assertions;
  all.metrics = parts_->metrics;
  tally(all);
  return all;
}

}  // namespace parley
