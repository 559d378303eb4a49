#include "adapters/cli/expansion_request.hpp"

#include "adapters/formats/digest.hpp"
#include "runner/inputs/glob.hpp"

#include <date/date.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace parley {
namespace {

std::string today() {
  return date::format("%F", date::floor<date::days>(std::chrono::system_clock::now()));
}

// Whoever put a cell into quarantine promised to look at it until then: the run fails, not the agent.
std::vector<quarantined_cells> quarantine_of(settings const& configuration, project_request const& request,
                                             input_problems& problems) {
  std::string const now = request.today.empty() ? today() : request.today;
  std::vector<quarantined_cells> cells;
  for (auto const& entry : configuration.quarantine.cells) {
    if (!entry.expires.empty() && entry.expires < now) {
      auto const what = "the quarantine of '" + entry.cell + "' expired on " + entry.expires;
      auto const remedy = "remove the entry, or give it a later date" +
                          (entry.owner.empty() ? "" : "; " + entry.owner + " owns it");
      if (request.why == project_request::purpose::list) {
        problems.warning(entry.where, what, remedy);
      } else {
        problems.error(entry.where, what, remedy);
      }
      continue;
    }
    cells.push_back({entry.cell, entry.reason});
  }
  return cells;
}

}  // namespace

expansion_settings expansion_request(settings const& configuration, project_request const& request,
                                     input_problems& problems) {
  auto const& run = configuration.run;
  auto const& forced = configuration.forced;
  expansion_settings expanding;
  for (auto const& [name, agent] : configuration.agents)
    expanding.agents.push_back({name, default_id("agent", name), agent.turn_timeout});
  expanding.forced_agent = forced.agent;
  expanding.agent = run.agent;
  expanding.forced_trials = forced.trials;
  expanding.trials = run.trials;
  if (run.trials_auto) expanding.until_decided = run.max_trials;
  expanding.forced_until_decided = run.trials_auto && forced.trials_auto;
  expanding.forced_rule = forced.rule;
  expanding.rule = run.rule;
  expanding.forced_timeout = forced.timeout;
  expanding.timeout = run.timeout;
  expanding.forced_turn_timeout = forced.turn_timeout;
  expanding.turn_timeout = run.turn_timeout;
  expanding.persona = run.persona;
  expanding.persona_globs = request.selection.personas;
  expanding.quarantine = quarantine_of(configuration, request, problems);
  return expanding;
}

void check_quarantine(settings const& configuration, expansion const& all, input_problems& problems) {
  for (auto const& entry : configuration.quarantine.cells) {
    glob const pattern(entry.cell);
    bool const fits = std::any_of(all.cells.begin(), all.cells.end(), [&](auto const& planned) {
      return pattern.matches(planned.unit->id.value);
    });
    if (!fits)
      problems.warning(entry.where, "the quarantine of '" + entry.cell + "' fits no cell",
                       "`parley list` shows the cells' ids; remove the entry if the cell is gone");
  }
}

bool is_known_agent(settings const& configuration, std::optional<std::string> const& name) {
  return !name || configuration.agents.count(*name) != 0;
}

bool mapping_has(agent_settings const& agent, char const* request) {
  auto const& requests = agent.requests.get();
  return requests.is_object() && requests.contains(request);
}

}  // namespace parley
