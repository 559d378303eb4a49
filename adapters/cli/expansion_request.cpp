#include "adapters/cli/expansion_request.hpp"

#include "adapters/formats/digest.hpp"
#include "runner/amount_text.hpp"
#include "runner/inputs/glob.hpp"

#include <date/date.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace parley {
namespace {

std::string today() {
  return date::format("%F", date::floor<date::days>(std::chrono::system_clock::now()));
}

std::string today(project_request const& request) {
  return request.today.empty() ? today() : request.today;
}

bool has_expired(quarantine_entry const& entry, std::string const& now) {
  return entry.expires < now;
}

// Whoever put a cell into quarantine promised to look at it until then: the run fails, not the agent.
void tell_expired(quarantine_entry const& entry, glob const& pattern, loaded_project const& project,
                  project_request const& request, input_problems& problems) {
  auto const what = "the quarantine of '" + entry.cell + "' expired on " + entry.expires;
  auto const remedy = "remove the entry, or give it a later date; " + entry.owner + " owns it";
  auto const& selected = project.selected.cells;
  bool const matters = request.why != project_request::purpose::list &&
                       std::any_of(selected.begin(), selected.end(),
                                   [&](auto const& unit) { return pattern.matches(unit->id.value); });
  matters ? problems.error(entry.where, what, remedy) : problems.warning(entry.where, what, remedy);
}

}  // namespace

expansion_settings expansion_request(settings const& configuration, project_request const& request) {
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
  auto const now = today(request);
  for (auto const& entry : configuration.quarantine.cells)
    if (!has_expired(entry, now)) expanding.quarantine.push_back({entry.cell, entry.reason});
  return expanding;
}

void check_quarantine(loaded_project const& project, project_request const& request,
                      input_problems& problems) {
  auto const& quarantine = project.configuration.quarantine;
  auto const now = today(request);
  std::set<cell_id> inside;
  for (auto const& entry : quarantine.cells) {
    glob const pattern(entry.cell);
    std::size_t fitting = 0;
    for (auto const& planned : project.all.cells) {
      if (!pattern.matches(planned.unit->id.value)) continue;
      ++fitting;
      if (!has_expired(entry, now)) inside.insert(planned.unit->id);
    }
    if (has_expired(entry, now))
      tell_expired(entry, pattern, project, request, problems);
    else if (fitting == 0)
      problems.warning(entry.where, "the quarantine of '" + entry.cell + "' fits no cell",
                       "`parley list` shows the cells' ids; remove the entry if the cell is gone");
  }
  if (quarantine.cap && inside.size() > static_cast<std::size_t>(*quarantine.cap))
    problems.error(
        quarantine.cells.front().where,
        counted(inside.size(), "cell") + " in quarantine, the cap is " + std::to_string(*quarantine.cap),
        "take some out, or raise quarantine.cap");
}

bool is_known_agent(settings const& configuration, std::optional<std::string> const& name) {
  return !name || configuration.agents.count(*name) != 0;
}

bool mapping_has(agent_settings const& agent, char const* request) {
  auto const& requests = agent.requests.get();
  return requests.is_object() && requests.contains(request);
}

}  // namespace parley
