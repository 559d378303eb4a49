#include "reports/cell_summary.hpp"

#include "reports/shell_text.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>
#include <tuple>

namespace parley {
namespace {

int needed_passes(pass_rule const& rule, int total) {
  switch (rule.which) {
    case pass_rule::kind::all:
      return total;
    case pass_rule::kind::any:
      return 1;
    case pass_rule::kind::count:
      return rule.needed;
    case pass_rule::kind::rate:
      break;
  }
  // The smallest count that meets the rate, by the same division that settles the cell.
  int needed = static_cast<int>(std::floor(rule.rate * total));
  while (needed < total && static_cast<double>(needed) / total < rule.rate) ++needed;
  return needed;
}

std::string_view plain_words(outcome_class c) {
  switch (c) {
    case outcome_class::agent_error:
      return "the agent failed";
    case outcome_class::simulator_invalid:
      return "the simulated user broke its role";
    case outcome_class::judge_undecided:
      return "not every criterion could be decided";
    case outcome_class::infrastructure_error:
      return "parley or a model failed";
    case outcome_class::budget_exhausted:
      return "the budget was used up";
    case outcome_class::cancelled:
      return "cancelled";
    case outcome_class::passed:
      return "passed";
    case outcome_class::failed:
      break;
  }
  return "a criterion was not met";
}

std::string first_undecided(evaluation const& judged) {
  for (auto const& check : judged.checks)
    if (check.answer == verdict::undecided) return check.check + " " + check.expected;
  for (auto const& assertion : judged.nl_assertions)
    if (assertion.answer == verdict::undecided) return "nl_assertion \"" + assertion.assertion + "\"";
  for (auto const& metric : judged.metrics)
    if (metric.answer == verdict::undecided) return "metric \"" + metric.name + "\"";
  return {};
}

// Flags that say with whom and how conversations are held, as they were typed; what selected them, and where
// reports went, is left out.
std::vector<std::string> flags_to_repeat(std::vector<std::string> const& typed) {
  static std::set<std::string_view> const with_value{
      "-c",        "--config",       "-P",        "--profile",         "--set",
      "--agent",   "--agent-url",    "--source",  "--trials",          "--max-trials",
      "--retries", "--turn-timeout", "--timeout", "--action-matching", "--pass-rule"};
  static std::set<std::string_view> const alone{"--no-judge", "--locked", "--offline"};
  std::vector<std::string> kept;
  for (std::size_t i = 2; i < typed.size(); ++i) {
    auto const& word = typed[i];
    bool const is_long = word.starts_with("--");
    bool const joined = is_long ? word.find('=') != word.npos : word.size() > 2;  // --agent=A, -cFILE
    std::string_view const name = std::string_view(word).substr(0, is_long ? word.find('=') : 2);
    if (alone.contains(name) || (joined && with_value.contains(name))) {
      kept.push_back(word);
    } else if (with_value.contains(name) && i + 1 < typed.size()) {
      kept.push_back(word);
      kept.push_back(typed[++i]);
    }
  }
  return kept;
}

}  // namespace

trial_counts count_trials(cell_record const& cell) {
  trial_counts counts;
  auto const held = static_cast<int>(cell.trials.size());
  bool const decided = cell.planned->until_decided && cell.outcome != cell_outcome::not_run;
  counts.total = decided ? held : std::max(cell.planned->trials, held);
  for (auto const& trial : cell.trials) {
    if (trial.outcome == outcome_class::passed) ++counts.passed;
    if (trial.outcome == outcome_class::failed) ++counts.failed;
    if (!has_verdict(trial.outcome) && !counts_as_not_run(trial.outcome)) ++counts.errored;
  }
  counts.needed = needed_passes(cell.planned->rule, counts.total);
  return counts;
}

std::string trials_text(cell_record const& cell) {
  auto const counts = count_trials(cell);
  return std::to_string(counts.passed) + "/" + std::to_string(counts.total) +
         (counts.total == 1 ? " trial passed" : " trials passed") + ", need " + std::to_string(counts.needed);
}

bool is_bad(trial_record const& trial) {
  return trial.outcome != outcome_class::passed && !counts_as_not_run(trial.outcome);
}

trial_record const* main_trial(cell_record const& cell) {
  bool const failed = cell.outcome == cell_outcome::failed;
  trial_record const* first_bad = nullptr;
  for (auto const& trial : cell.trials) {
    if (!is_bad(trial)) continue;
    if ((trial.outcome == outcome_class::failed) == failed) return &trial;
    if (!first_bad) first_bad = &trial;
  }
  return first_bad;
}

std::vector<trial_record const*> bad_attempts(cell_record const& cell) {
  std::vector<trial_record const*> bad;
  for (auto const* attempts : {&cell.earlier, &cell.trials})
    for (auto const& trial : *attempts)
      if (is_bad(trial)) bad.push_back(&trial);
  std::stable_sort(bad.begin(), bad.end(), [](auto const* a, auto const* b) {
    return std::tie(a->trial, a->attempt) < std::tie(b->trial, b->attempt);
  });
  return bad;
}

std::string trial_name(cell_record const& cell, trial_record const& trial) {
  bool const retried =
      trial.attempt > 1 || std::any_of(cell.earlier.begin(), cell.earlier.end(),
                                       [&](auto const& e) { return e.trial == trial.trial; });
  auto name = "trial " + std::to_string(trial.trial);
  if (retried) name += ", attempt " + std::to_string(trial.attempt);
  return name;
}

std::string reason_of(trial_record const& trial, evaluation const& judged) {
  if (trial.outcome == outcome_class::failed)
    if (auto text = judged.first_failed_text(); !text.empty()) return text;
  if (trial.error && !trial.error->message.empty()) return trial.error->message;
  if (trial.outcome == outcome_class::judge_undecided)
    if (auto text = first_undecided(judged); !text.empty()) return "undecided: " + text;
  return std::string(plain_words(trial.outcome));
}

std::string reason_of(run_record const& run, cell_record const& cell, trial_record const& trial) {
  return reason_of(trial, load_detail(run, cell, trial)->judged);
}

std::string bad_type(trial_record const& trial, evaluation const& judged) {
  if (trial.outcome == outcome_class::failed) {
    auto kind = judged.first_failed_kind();
    return kind.empty() ? "assertion.unknown" : kind;
  }
  auto const type = junit_error_type(trial.outcome, trial.error);
  return type.empty() ? "parley.unknown" : std::string(type);
}

std::string not_run_text(run_record const& run, cell_record const& cell) {
  if (run.interrupted_by != 0) return "not run: interrupted";
  bool const budget = std::any_of(cell.trials.begin(), cell.trials.end(), [](auto const& trial) {
    return trial.outcome == outcome_class::budget_exhausted;
  });
  if (budget || run.over_budget) return "not run: budget";
  return run.complete ? "not run: the run was stopped early" : "not run: the run ended without notice";
}

std::chrono::microseconds time_of(cell_record const& cell) {
  std::chrono::microseconds sum{0};
  for (auto const* attempts : {&cell.earlier, &cell.trials})
    for (auto const& trial : *attempts) sum += trial.duration;
  return sum;
}

std::string command_to_repeat(run_record const& run, cell_record const& cell) {
  auto const& typed = run.facts.command;
  if (typed.size() > 1 && typed[1] == "evaluate") {  // recorded conversations have no agent to ask again
    std::string line;
    for (auto const& word : typed) line += (line.empty() ? "" : " ") + word;
    return line;
  }
  auto const flags = flags_to_repeat(typed);
  return "parley run '" + cell.planned->id.value + "' --seed " + std::to_string(run.facts.seed) +
         (flags.empty() ? "" : " " + shell_text(flags));
}

std::shared_ptr<trial_detail const> load_detail(run_record const& run, cell_record const& cell,
                                                trial_record const& trial) {
  if (trial.detail) return trial.detail;
  if (run.details) return run.details->load(cell.planned->id, trial);
  return std::make_shared<trial_detail const>();
}

}  // namespace parley
