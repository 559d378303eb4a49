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

std::vector<quarantined_cells> quarantine_of(settings const& configuration, std::string const& now,
                                             input_problems& problems) {
  std::vector<quarantined_cells> cells;
  for (auto const& entry : configuration.quarantine.cells) {
    if (!entry.expires.empty() && entry.expires < now) {
      problems.warning(entry.where, "the quarantine of '" + entry.cell + "' expired on " + entry.expires,
                       "remove the entry, or give it a later date");
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
  expanding.forced_rule = forced.rule;
  expanding.rule = run.rule;
  expanding.forced_timeout = forced.timeout;
  expanding.timeout = run.timeout;
  expanding.forced_turn_timeout = forced.turn_timeout;
  expanding.turn_timeout = run.turn_timeout;
  expanding.persona = run.persona;
  expanding.persona_globs = request.selection.personas;
  expanding.quarantine =
      quarantine_of(configuration, request.today.empty() ? today() : request.today, problems);
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
