#include "runner/inputs/check_selected.hpp"

#include "runner/inputs/reference_index.hpp"
#include "runner/inputs/scenario_texts.hpp"

#include <algorithm>
#include <set>

namespace parley {
namespace {

using level = input_problem::severity_level;

class checker {
 public:
  checker(check_facts const& facts, input_problems& problems) : facts_(facts), problems_(problems) {
    for (auto const& agent : facts.agents) agents_.add(agent.name, {});
  }

  void check(cell const& unit) {
    if (unit.skip) return;
    check_agent(unit);
    check_user(unit);
    check_judge(unit);
    check_metrics(unit);
    check_texts(unit);
    if (unit.success.empty()) without_criteria_.push_back(&unit);
  }

  // One problem for all cells that lack the same: their number is not the user's mistake.
  void finish() {
    if (!without_criteria_.empty())
      problems_.warning(
          without_criteria_.front()->where,
          named(without_criteria_) + (without_criteria_.size() == 1
                                          ? " has no criteria: it passes whatever the agent says"
                                          : " have no criteria: they pass whatever the agent says"),
          "add `criteria:` to the unit test or `evaluation:` to the scenario");
    if (without_agent_.empty()) return;
    std::string remedy = "give `--agent-url URL`, or declare one under `agents:` in parley.yaml";
    if (facts_.agents.size() > 1) {
      remedy = "give `--agent NAME`, write `agent:` in the unit test or set `run.agent`; declared:";
      for (auto const& agent : facts_.agents) remedy += " " + agent.name;
    }
    problems_.error(without_agent_.front()->where, "no agent for " + named(without_agent_), remedy);
  }

 private:
  static std::string named(std::vector<cell const*> const& cells) {
    std::string text = "cell '" + cells.front()->id.value + "'";
    if (cells.size() > 1) text += " and " + std::to_string(cells.size() - 1) + " more";
    return text;
  }

  void check_agent(cell const& unit);
  void check_mapping(cell const& unit, checked_agent const& agent);
  void check_user(cell const& unit);
  void check_judge(cell const& unit);
  void check_metrics(cell const& unit);
  void check_texts(cell const& unit);

  void report(level severity, source_position const& where, std::string const& what,
              std::string const& remedy) {
    if (severity == level::error) return problems_.error(where, what, remedy);
    problems_.warning(where, what, remedy);
  }
  level of_missing() const { return facts_.missing_are_warnings ? level::warning : level::error; }

  check_facts const& facts_;
  input_problems& problems_;
  reference_index agents_{"agent"};
  std::vector<cell const*> without_agent_;
  std::vector<cell const*> without_criteria_;
  std::set<scenario const*> users_checked_;
  std::set<std::pair<scenario const*, persona const*>> texts_checked_;
};

void checker::check_agent(cell const& unit) {
  if (!facts_.needs_agents) return;
  if (unit.agent.empty()) return without_agent_.push_back(&unit);
  auto const found = agents_.find(unit.agent);
  if (found.size() == 1) return check_mapping(unit, facts_.agents[found.front()]);
  auto wrong = agents_.problem_with(unit.agent, unit.where);
  if (facts_.agents.empty())
    wrong->remedy = "declare it under `agents:` in parley.yaml, or give `--agent-url URL`";
  problems_.error(wrong->where, wrong->what, wrong->remedy);
}

void checker::check_mapping(cell const& unit, checked_agent const& agent) {
  auto const& content = unit.scenario_content();
  std::string const told = "scenario '" + unit.scenario_used->name + "' ";
  if (content.opening == initial_message_type::external_event && !agent.takes_events)
    problems_.error(unit.scenario_used->where,
                    told + "starts with an external event, which agent '" + agent.name + "' can't take",
                    "add `requests.event` to the agent's mapping");
  if (content.opening == initial_message_type::skip && !agent.takes_skip)
    problems_.error(
        unit.scenario_used->where, told + "lets the agent open, which agent '" + agent.name + "' can't",
        "add `requests.skip`, or `requests.open` whose reply is the greeting, to the agent's mapping");
  if (!content.environment.message_history.empty() && !agent.takes_history)
    problems_.warning(unit.scenario_used->where,
                      told + "has a message_history, which agent '" + agent.name + "' never gets",
                      "use {{history}} in the mapping of an http agent");
}

void checker::check_user(cell const& unit) {
  auto const& told = *unit.scenario_used;
  auto const& content = told.latest();
  if (facts_.has_user_model || !users_checked_.insert(&told).second) return;
  if (!content.script)
    report(of_missing(), told.where,
           "scenario '" + told.name + "' has no script, and no model speaks as the user",
           "add `script:` to the scenario, or configure `simulated_user: {model: ...}` in parley.yaml");
  if (content.opening == initial_message_type::external_event && !content.initial_message)
    report(of_missing(), told.where,
           "scenario '" + told.name + "' starts with an external event but has no text for it",
           "add `initial_message:`, or configure `simulated_user: {model: ...}`, which derives one from "
           "objective "
           "and instructions");
}

void checker::check_judge(cell const& unit) {
  if (!unit.success.needs_judge() || facts_.has_judge || facts_.no_judge) return;
  std::string const kind = unit.success.nl_assertions.empty() ? "metrics" : "nl_assertions";
  report(of_missing(), unit.where,
         "cell '" + unit.id.value + "' has " + kind + ", but no judge is configured",
         "configure `judge: {model: ...}` in parley.yaml, or give `--no-judge`, which leaves them undecided");
}

void checker::check_metrics(cell const& unit) {
  if (!facts_.metrics) return;
  for (auto const& each : unit.success.metrics) {
    auto const& known = *facts_.metrics;
    if (std::find(known.begin(), known.end(), each.metric) != known.end()) continue;
    auto const near = nearest_name(each.metric, known);
    problems_.error(
        unit.where, "cell '" + unit.id.value + "' uses an unknown metric '" + each.metric + "'",
        near.empty() ? "declare it under `metrics:` in parley.yaml" : "did you mean '" + near + "'?");
  }
}

void checker::check_texts(cell const& unit) {
  if (!texts_checked_.insert({unit.scenario_used.get(), unit.persona_used.get()}).second) return;
  warn_about_unknown_names(*unit.scenario_used, *unit.persona_used, problems_);
}

}  // namespace

void check_selected(std::vector<std::shared_ptr<cell const>> const& cells, check_facts const& facts,
                    input_problems& problems) {
  checker each(facts, problems);
  for (auto const& unit : cells) each.check(*unit);
  each.finish();
}

}  // namespace parley
