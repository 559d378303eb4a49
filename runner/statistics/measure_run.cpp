#include "runner/statistics/measure_run.hpp"

#include "runner/inputs/scenario_json.hpp"
#include "runner/run/run_record.hpp"
#include "runner/statistics/readable_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <unordered_map>

namespace parley {
namespace {

using nlohmann::json;

std::string fingerprint(std::string const& text) {
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(stable_hash(text)));
  return digits;
}

std::string limits_text(cell const& planned) {
  auto const& limits = planned.limits;
  json form{{"max_interactions", limits.max_interactions},
            {"max_errors", limits.max_errors},
            {"timeout_ms", limits.timeout.count()},
            {"turn_timeout_ms", limits.turn_timeout.count()},
            {"pass_rule", to_text(planned.rule)}};
  if (limits.max_steps) form["max_steps"] = *limits.max_steps;
  return readable_text(form);
}

template <class Item>
void take_away(std::vector<Item>& from, std::vector<Item> const& items) {
  for (auto const& item : items)
    if (auto const found = std::find(from.begin(), from.end(), item); found != from.end()) from.erase(found);
}

// What the unit test adds; what stands in the scenario is part of the scenario's text.
std::string own_criteria_text(cell const& planned) {
  auto const& of_scenario = planned.scenario_content().evaluation;
  criteria own = planned.success;
  take_away(own.actions, of_scenario.actions);
  take_away(own.nl_assertions, of_scenario.nl_assertions);
  take_away(own.checks, of_scenario.checks);
  take_away(own.metrics, of_scenario.metrics);
  own.actions_ordered = own.actions_ordered && !of_scenario.actions_ordered;
  if (own == criteria{}) return {};
  return readable_text(json{{"criteria", to_json(own)}});
}

bool is_judged(criteria const& success) {
  return !success.nl_assertions.empty() || !success.metrics.empty();
}

class run_measurer {
 public:
  run_measurer(run_record const& run, std::function<std::string(std::string)> const& hide)
      : run_(run), hide_(hide) {}

  measured_run measure() {
    result_.told.name = run_.facts.id.value;
    result_.told.from = run_.facts.directory;
    result_.told.started_at = run_.facts.started_at;
    result_.seed = run_.facts.seed;
    for (auto const& cell : run_.cells)
      if (cell.outcome != cell_outcome::skipped) add(cell);
    return std::move(result_);
  }

 private:
  void add(cell_record const& cell) {
    cell_id const id = cell.planned->id;
    measured_cell added;
    added.id = id;
    added.scenario = cell.planned->scenario_used->name;
    added.outcome = cell.outcome;
    added.flaky = cell.flaky;
    added.quarantined = cell.planned->quarantine.has_value();
    added.until_decided = cell.planned->until_decided;
    added.most_trials = cell.planned->trials;
    for (auto const& trial : cell.trials) {
      if (has_verdict(trial.outcome))
        added.decided.push_back({trial.trial, trial.seed, trial.outcome == outcome_class::passed});
      else
        ++added.without_verdict;
      added.trial_time += trial.duration;
    }
    if (!cell.trials.empty()) added.trial_time /= static_cast<int>(cell.trials.size());
    pin_inputs(added, *cell.planned);
    result_.cells.push_back(std::move(added));
  }

  void pin_inputs(measured_cell& into, cell const& planned) {
    auto const& content = planned.scenario_content();
    pin_version(into, changed_kind::scenario, *planned.scenario_used);
    pin_version(into, changed_kind::persona, *planned.persona_used);
    pin_agent(into, planned.agent);
    if (is_judged(planned.success)) pin_configured(into, changed_kind::judge, "", "judge");
    if (!content.script) pin_configured(into, changed_kind::model, "", "simulated_user");
    pin_configured(into, changed_kind::configuration, "agent", "agent " + planned.agent);
    pin_configured(into, changed_kind::configuration, "run", "run");
    pin_text(into, {changed_kind::configuration, "unit test", "unit test", "", ""},
             limits_text(planned) + own_criteria_text(planned));
    auto const tool = run_.facts.versions.find("parley");
    std::string const version = tool == run_.facts.versions.end() ? std::string() : tool->second;
    pin(into, {changed_kind::tool, "", "parley", version, version});
  }

  template <class Input>
  void pin_version(measured_cell& into, changed_kind kind, Input const& used) {
    auto const known = versions_.find(&used);
    if (known != versions_.end()) return into.pins.push_back(known->second);
    auto const& version = used.latest();
    auto const text = shown(readable_text(to_json(version)));
    pinned_input made{kind, "", used.name, "version " + std::to_string(version.number), version.digest};
    if (made.digest.empty()) made.digest = fingerprint(text);
    result_.texts.try_emplace(made.digest, text);
    versions_.emplace(&used, pin(into, std::move(made)));
  }

  void pin_agent(measured_cell& into, std::string const& name) {
    auto const declared = run_.facts.versions.find(name);
    std::string const version = declared == run_.facts.versions.end() ? std::string() : declared->second;
    pin(into, {changed_kind::agent, "", name, version, version});
  }

  void pin_configured(measured_cell& into, changed_kind kind, std::string slot, std::string const& name) {
    auto const found = run_.facts.configuration.find(name);
    if (found == run_.facts.configuration.end()) return;
    pin_text(into, {kind, std::move(slot), name, found->second.label, ""}, found->second.text);
  }

  void pin_text(measured_cell& into, pinned_input made, std::string const& text) {
    auto const hidden = shown(text);
    made.digest = fingerprint(hidden);
    result_.texts.try_emplace(made.digest, hidden);
    pin(into, std::move(made));
  }

  std::size_t pin(measured_cell& into, pinned_input made) {
    auto const key = std::string(to_text(made.kind)) + '\n' + made.slot + '\n' + made.name + '\n' +
                     made.label + '\n' + made.digest;
    auto const [at, fresh] = pins_.try_emplace(key, result_.pins.size());
    if (fresh) result_.pins.push_back(std::move(made));
    into.pins.push_back(at->second);
    return at->second;
  }

  std::string shown(std::string text) const { return hide_ ? hide_(std::move(text)) : text; }

  run_record const& run_;
  std::function<std::string(std::string)> const& hide_;
  measured_run result_;
  std::unordered_map<void const*, std::size_t> versions_;
  std::unordered_map<std::string, std::size_t> pins_;
};

}  // namespace

measured_run measure_run(run_record const& run, std::function<std::string(std::string)> const& hide) {
  return run_measurer(run, hide).measure();
}

}  // namespace parley
