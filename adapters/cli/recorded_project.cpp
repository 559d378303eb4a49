#include "adapters/cli/recorded_project.hpp"

#include "adapters/cli/recorded_cell.hpp"
#include "adapters/storage/journal_contents.hpp"
#include "adapters/storage/located_run.hpp"
#include "adapters/storage/run_directory.hpp"
#include "reports/redaction.hpp"
#include "reports/restore_secrets.hpp"

namespace parley {
namespace {

outcome<journal_contents> read_run(std::string const& project_root, std::string const& reference) {
  auto const place = locate_run(project_root, reference);
  if (!place) return place.error();
  return read_journal(journal_path(place->directory));
}

// One trial is judged alone: 4/5 of one cannot be had.
std::shared_ptr<cell const> wanted_part(cell const& recorded, std::optional<int> trial,
                                        std::optional<std::string> const& agent) {
  auto part = std::make_shared<cell>(recorded);
  if (trial) {
    part->first_trial = *trial;
    part->trials = 1;
    part->until_decided = false;
    part->rule = pass_rule{};
  }
  if (agent) part->agent = *agent;
  return part;
}

std::vector<std::shared_ptr<cell const>> cells_of(expansion const& all) {
  std::vector<std::shared_ptr<cell const>> cells;
  for (auto const& planned : all.cells) cells.push_back(planned.unit);
  return cells;
}

}  // namespace

loaded_project load_recorded_cell(run_options const& options, input_problems& problems) {
  auto const request = for_run(options);
  auto project = load_inputs(request, problems);
  if (problems.has_errors()) return project;
  source_position const here{"replay", 0, 0, {}};
  auto const refused = [&](std::string const& why) {
    problems.error(here, why);
    return std::move(project);
  };
  auto const run = read_run(project.configuration.project_root, options.again->run);
  if (!run) return refused(run.error().detail);
  auto const place = find_recorded_cell(run->record, options.again->cell);
  if (!place) return refused(place.error().detail);
  auto const& recorded = *run->plan->cells[*place];
  if (recorded.skip) return refused(recorded.id.value + " is skipped: " + *recorded.skip);
  auto const trial = options.again->trial;
  int const last = recorded.first_trial + recorded.trials - 1;
  if (trial && (*trial < recorded.first_trial || *trial > last))
    return refused("--trial " + std::to_string(*trial) + ": of " + recorded.id.value + " there is trial " +
                   std::to_string(recorded.first_trial) +
                   (last == recorded.first_trial ? " alone" : " to " + std::to_string(last)));
  run_plan plan;
  plan.seed = run->record.facts.seed;
  plan.cells.push_back(wanted_part(recorded, trial, project.configuration.forced.agent));
  select_pinned(project, plan.cells, request, problems);
  if (problems.has_errors()) return project;
  auto restored = restore_secrets(plan, project.inputs, cells_of(project.all), redaction(project.secrets));
  if (!restored) return refused(restored.error().detail);
  project.selected.cells = restored->cells;
  project.configuration.run.seed = plan.seed;
  project.configuration.run.shard.reset();
  return project;
}

}  // namespace parley
