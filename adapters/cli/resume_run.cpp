#include "adapters/cli/resume_run.hpp"

#include "adapters/cli/configuration.hpp"
#include "adapters/cli/load_project.hpp"
#include "adapters/cli/tell_problems.hpp"
#include "adapters/storage/run_directory.hpp"
#include "adapters/system/logging.hpp"

#include <map>

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

// The journal holds no sensitive variables: they are taken from the persona files of now.
std::shared_ptr<run_plan const> with_sensitive_variables(run_plan const& stored, project_inputs const& now) {
  auto plan = std::make_shared<run_plan>(stored);
  std::map<persona const*, std::shared_ptr<persona const>> refreshed;
  for (auto& planned : plan->cells) {
    auto& fresh = refreshed[planned->persona_used.get()];
    if (!fresh) {
      auto copy = std::make_shared<persona>(*planned->persona_used);
      for (persona const& who : now.personas)
        if (who.name == copy->name && !who.versions.empty())
          copy->versions.back().sensitive_user_variables = who.latest().sensitive_user_variables;
      fresh = std::move(copy);
    }
    auto cell_now = std::make_shared<cell>(*planned);
    cell_now->persona_used = fresh;
    planned = std::move(cell_now);
  }
  return plan;
}

}  // namespace

int resume_run(run_options const& options, session_holder const& hold) {
  if (selects(options.selection) || selects(options.configuration)) {
    log_error(
        "--resume takes its selection from the run itself: leave out paths, -k, --tag, --shard and the like");
    return 4;
  }
  input_problems problems;
  loaded_project const project = load_inputs(for_run(options), problems);
  if (int const code = tell_problems(problems, project); code != 0) return code;
  settings const& configuration = project.configuration;
  auto const directory = find_run(configuration.project_root, options.resume);
  if (!directory) {
    log_error(directory.error().detail);
    return 4;
  }
  auto const read = read_journal(journal_path(*directory));
  if (!read) {
    log_error(read.error().detail);
    return 4;
  }
  session_request session;
  session.configuration = &configuration;
  session.mask = redaction(project.secrets);
  session.facts = read->record.facts;
  session.facts.directory = *directory;
  session.plan = with_sensitive_variables(*read->plan, project.inputs);
  session.resumed = &*read;
  return hold(options, configuration, std::move(session));
}

}  // namespace parley
