#include "adapters/cli/resume_run.hpp"

#include "adapters/cli/configuration.hpp"
#include "adapters/cli/load_project.hpp"
#include "adapters/cli/run_baseline.hpp"
#include "adapters/cli/tell_problems.hpp"
#include "adapters/storage/run_archive.hpp"
#include "adapters/storage/run_directory.hpp"
#include "adapters/system/logging.hpp"
#include "reports/restore_secrets.hpp"

namespace parley {
namespace {

bool selects(selection_options const& selection) {
  return !selection.positionals.empty() || !selection.expression.empty() || !selection.personas.empty() ||
         selection.last_failed || selection.last_errored || selection.failed_first || !selection.from.empty();
}

bool selects(configuration_options const& configuration) {
  for (run_flag const& flag : configuration.run)
    if (flag.key == "tag" || flag.key == "scenario" || flag.key == "shard" || flag.key == "trials")
      return true;
  return false;
}

std::vector<std::shared_ptr<cell const>> cells_of(expansion const& all) {
  std::vector<std::shared_ptr<cell const>> cells;
  for (auto const& planned : all.cells) cells.push_back(planned.unit);
  return cells;
}

int tell(failure const& what) {
  log_error(what.detail);
  return 4;
}

}  // namespace

int resume_run(run_options const& options, session_holder const& hold) {
  if (selects(options.selection) || selects(options.configuration)) {
    log_error(
        "--resume takes its selection from the run itself: leave out paths, -k, --tag, --shard and the like");
    return 4;
  }
  auto const request = for_run(options);
  input_problems problems;
  loaded_project project = load_inputs(request, problems);
  if (int const code = tell_problems(problems, project); code != 0) return code;
  settings const& configuration = project.configuration;
  if (is_run_archive(options.resume))
    return tell({failure_code::invalid_input, "--resume goes on in the run's own folder: unpack " +
                                                  options.resume + " below .parley/runs, and name that"});
  auto const directory = find_run(configuration.project_root, options.resume);
  if (!directory) return tell(directory.error());
  auto const read = read_journal(journal_path(*directory));
  if (!read) return tell(read.error());

  input_problems missing;
  select_pinned(project, read->plan->cells, request, missing);
  if (int const code = tell_problems(missing, project); code != 0) return code;
  redaction const mask(project.secrets);
  auto plan = restore_secrets(*read->plan, project.inputs, cells_of(project.all), mask);
  if (!plan) return tell(plan.error());

  session_request session;
  session.configuration = &configuration;
  session.mask = mask;
  session.facts = read->record.facts;
  session.facts.directory = *directory;
  auto const baseline = kept_baseline(session.facts);
  if (!baseline) return tell(baseline.error());
  session.baseline = *baseline;
  session.plan = std::make_shared<run_plan const>(std::move(*plan));
  session.resumed = &*read;
  return hold(options, configuration, std::move(session));
}

}  // namespace parley
