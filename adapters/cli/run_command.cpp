#include "adapters/cli/run_command.hpp"

#include "adapters/cli/list_command.hpp"
#include "adapters/cli/load_project.hpp"
#include "adapters/cli/pinned_configuration.hpp"
#include "adapters/cli/priced_plan.hpp"
#include "adapters/cli/recorded_project.hpp"
#include "adapters/cli/refused_run.hpp"
#include "adapters/cli/report_output.hpp"
#include "adapters/cli/resume_run.hpp"
#include "adapters/cli/run_baseline.hpp"
#include "adapters/cli/run_history.hpp"
#include "adapters/cli/run_session.hpp"
#include "adapters/cli/shown_cells.hpp"
#include "adapters/cli/since_passed.hpp"
#include "adapters/cli/tell_problems.hpp"
#include "adapters/cli/version.hpp"
#include "adapters/storage/run_directory.hpp"
#include "adapters/system/logging.hpp"
#include "adapters/system/source_revision.hpp"
#include "adapters/system/system_time.hpp"
#include "adapters/system/terminal.hpp"
#include "reports/terminal_progress.hpp"
#include "reports/time_text.hpp"
#include "runner/amount_text.hpp"
#include "runner/run/run_verdict.hpp"

#include <iostream>
#include <random>

namespace parley {
namespace {

std::uint64_t chosen_seed(std::optional<std::uint64_t> seed) {
  return seed ? *seed : std::random_device()();
}

progress_style style_of(progress_choice choice, bool terminal, bool ci) {
  switch (choice) {
    case progress_choice::bar:
      return progress_style::bar;
    case progress_choice::lines:
      return progress_style::lines;
    case progress_choice::none:
      return progress_style::none;
    case progress_choice::automatic:
      break;
  }
  return terminal && !ci ? progress_style::bar : progress_style::lines;
}

// A `list` or `dot` on stdout tells the same as progress lines: one of the two is enough.
progress_settings progress_of(run_options const& options, settings const& configuration,
                              bool live_on_stdout) {
  terminal_facts const terminal = stderr_terminal();
  progress_settings progress;
  progress.style = style_of(configuration.run.progress, terminal.is_terminal,
                            is_continuous_integration(configuration.variables));
  if (live_on_stdout && configuration.run.progress == progress_choice::automatic)
    progress.style = progress_style::none;
  progress.colour = use_color(configuration.run.color, configuration.variables, terminal.is_terminal);
  progress.only_bad = options.presentation.quiet;
  progress.columns = static_cast<std::size_t>(terminal.columns);
  progress.now = [] { return std::chrono::steady_clock::now(); };
  return progress;
}

run_facts facts_of(run_options const& options, settings const& configuration, run_plan const& plan,
                   std::size_t cells_of_all_shards) {
  run_facts facts;
  facts.id = plan.id;
  facts.seed = plan.seed;
  facts.started_at = system_time().wall_now();
  facts.command = options.command;
  facts.versions["parley"] = std::string(parley_version());
  auto const revision = source_revision(configuration.variables, configuration.project_root);
  if (!revision.empty()) facts.versions["commit"] = revision;
  for (auto const& planned : plan.cells) {
    auto const agent = configuration.agents.find(planned->agent);
    if (agent != configuration.agents.end() && !agent->second.version.empty())
      facts.versions[planned->agent] = agent->second.version;
  }
  if (configuration.run.shard) {
    facts.shard =
        std::to_string(configuration.run.shard->index) + "/" + std::to_string(configuration.run.shard->count);
    facts.cells_of_all_shards = cells_of_all_shards;
  }
  facts.fail_on_flaky = configuration.run.fail_on_flaky;
  facts.max_error_rate = configuration.run.max_error_rate;
  facts.baseline = configuration.run.baseline.value_or("");
  facts.alpha = configuration.run.alpha;
  facts.power = configuration.run.power;
  facts.configuration = pinned_configuration(configuration, plan);
  return facts;
}

// The seed that repeats this run is always told, whatever the log level; only -q keeps it back.
void tell_start(session_request const& session, settings const& configuration) {
  std::size_t trials = 0;
  bool until_decided = false;
  for (auto const& planned : session.plan->cells) {
    if (!planned->skip) trials += static_cast<std::size_t>(planned->trials);
    until_decided = until_decided || planned->until_decided;
  }
  std::cerr << "run " << session.plan->id.value << ": " << (until_decided ? "at most " : "")
            << counted(trials, "conversation") << " in " << counted(session.plan->cells.size(), "unit test")
            << ", " << configuration.run.jobs << " at once, seed " << session.plan->seed << std::endl;
  if (auto const found = sampling_text(session.baseline.get(), *session.plan, configuration); !found.empty())
    std::cerr << "sampling until decided: " << found << std::endl;
}

void tell_interrupt(stop_request::level level, settings const& configuration) {
  if (level == stop_request::level::cancel) {
    log_warning("cancelling what is running");
    return;
  }
  log_warning("stopping: conversations end at their next turn, at the latest in " +
              short_duration(configuration.run.grace) + "; once more to cancel them now");
}

// The command line and the plan's texts stand in every report.
void hide_secrets(session_request& session) {
  for (std::string& word : session.facts.command) word = session.mask(word);
  for (auto& [name, version] : session.facts.versions) version = session.mask(version);
  session.plan = shown_plan(std::move(session.plan), session.mask);
}

int tell(failure const& what) {
  log_error(what.detail);
  return what.code == failure_code::invalid_input ? 4 : 3;
}

int refuse(run_options const& options, loaded_project const& project, std::vector<std::string> const& why,
           int code) {
  report_refused_run(project.configuration, redaction(project.secrets), options.command, why, code);
  return code;
}

int refuse(run_options const& options, loaded_project const& project, failure const& why) {
  log_error(why.detail);
  return refuse(options, project, {why.detail}, 4);
}

// Holds the session and writes its reports; the run's exit code.
int hold_and_report(run_options const& options, settings const& configuration, session_request session) {
  hide_secrets(session);
  report_output reports(configuration, session.mask);
  auto shown = progress_of(options, configuration, reports.live() != nullptr);
  shown.mask = session.mask;
  auto progress = std::make_unique<terminal_progress>(std::cerr, std::move(shown));
  session.listeners.push_back(progress.get());
  if (reports.live() != nullptr) session.listeners.push_back(reports.live());
  session.on_tick = [&] { progress->on_tick(); };
  session.on_question = [&] { progress->describe_running(); };
  session.on_interrupt = [&](stop_request::level level) { tell_interrupt(level, configuration); };
  if (!options.presentation.quiet) tell_start(session, configuration);

  auto const baseline = session.baseline;
  auto held = hold_session(std::move(session));
  progress.reset();
  if (!held) return tell(held.error());
  if (baseline) compare_with(*baseline, configuration, *held);
  find_changes_since_passed(configuration, *held);
  if (auto const kept = remember_run(configuration.project_root, *held); !kept)
    log_warning("this run is missing in the project's history: " + kept.error().detail);
  return reports.write_all(*held, judge_run(*held).exit_code);
}

outcome<std::unique_ptr<cassette>> tape_for(cassette_choice const& choice, std::uint64_t seed,
                                            redaction const& mask) {
  switch (choice.which) {
    case cassette_choice::mode::record:
      return cassette::record(choice.directory, seed, system_time().wall_now(), mask);
    case cassette_choice::mode::replay:
      return cassette::replay(choice, mask);
    case cassette_choice::mode::none:
      break;
  }
  return std::unique_ptr<cassette>();
}

int start_run(run_options const& options, loaded_project& project, std::vector<std::string> warnings) {
  settings const& configuration = project.configuration;
  redaction const mask(project.secrets);
  std::uint64_t const seed = chosen_seed(configuration.run.seed);
  auto const tape = tape_for(options.cassette, seed, mask);
  if (!tape) return tell(tape.error());

  if (configuration.run.max_cost)
    if (auto const unpriced = unpriced_parties(project); !unpriced.empty())
      log_warning("--max-cost does not see what is spent on: " + unpriced + "; give their models `prices`");
  auto plan = std::make_shared<run_plan>();
  plan->id = new_run_id(system_time().wall_now());
  plan->seed = *tape ? (*tape)->seed() : seed;  // a replay's is the recording's
  plan->cells = std::move(project.selected.cells);

  auto const baseline = chosen_baseline(configuration, project.all, *plan);
  if (!baseline) return refuse(options, project, baseline.error());

  session_request session;
  session.configuration = &configuration;
  session.tape = tape->get();
  session.mask = mask;
  session.warnings = std::move(warnings);
  session.facts = facts_of(options, configuration, *plan, project.selected.of_all_shards);
  auto const directory = create_run_directory(configuration.project_root, plan->id,
                                              configuration.run.output_dir.value_or(std::string()));
  if (!directory) return tell(directory.error());
  session.facts.directory = *directory;
  if (*baseline)
    if (auto const kept = keep_baseline(**baseline, *directory); !kept) return tell(kept.error());
  session.baseline = *baseline;
  session.plan = std::move(plan);
  mark_latest(configuration.project_root, *directory);
  return hold_and_report(options, configuration, std::move(session));
}

int print_plan(loaded_project const& project) {
  int const code = print_cells(project, "text");
  std::cout << priced_plan(project) << std::flush;
  return code;
}

}  // namespace

int run_command(run_options const& options) {
  if (!options.resume.empty()) return resume_run(options, hold_and_report);
  input_problems problems;
  loaded_project project =
      options.again ? load_recorded_cell(options, problems) : load_project(for_run(options), problems);
  bool const empty = project.selected.cells.empty();
  // A run that is held tells its warnings itself, so that its reports have them too.
  if (!problems.has_errors() && !empty && !options.dry_run)
    return start_run(options, project, texts_of(problems, input_problem::severity_level::warning));
  int code = tell_problems(problems, project);
  auto why = texts_of(problems, input_problem::severity_level::error);
  if (code == 0 && empty) {
    code = tell_empty_selection(project);
    why = {project.selected.why_empty};
  }
  if (!options.dry_run) return code == 0 ? code : refuse(options, project, why, code);
  return code == 0 && !empty ? print_plan(project) : code;
}

}  // namespace parley
