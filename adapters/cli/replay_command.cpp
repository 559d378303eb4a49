#include "adapters/cli/replay_command.hpp"

#include "adapters/cli/opened_run.hpp"
#include "adapters/cli/recorded_cell.hpp"
#include "adapters/cli/run_command.hpp"
#include "adapters/storage/run_directory.hpp"
#include "adapters/system/logging.hpp"
#include "adapters/system/terminal.hpp"
#include "reports/redaction.hpp"
#include "reports/safe_text.hpp"
#include "reports/shell_text.hpp"
#include "reports/transcript_text.hpp"

#include <iostream>
#include <sstream>

namespace parley {
namespace {

int refused(failure const& why) {
  log_error(why.detail);
  return 4;
}

// The same path as any other run: run_command finds the recorded cell instead of selecting some.
int hold_again(replay_options const& options) {
  run_options run;
  run.configuration = options.configuration;
  run.presentation = options.presentation;
  run.reports = options.reports;
  run.command = options.command;
  run.again = options.what;
  return run_command(run);
}

std::string other_trials(cell_record const& cell, trial_record const& shown) {
  std::string text;
  for (auto const& trial : cell.trials)
    if (trial.trial != shown.trial)
      text += (text.empty() ? "" : ", ") + std::to_string(trial.trial) + " " +
              std::string(to_text(trial.outcome));
  return text;
}

// `latest` is another run as soon as one is held.
std::string lasting_name(opened_run const& opened, std::string const& typed) {
  auto const& id = opened.contents.record.facts.id.value;
  return typed == "latest" && find_run(opened.configuration.project_root, id) ? id : typed;
}

// What to do next: look at another trial, or hold this one again.
std::string closing_lines(std::string const& reference, cell_record const& cell, trial_record const& shown) {
  std::string text;
  if (auto const others = other_trials(cell, shown); !others.empty())
    text = "other trials: " + others + "; --trial N shows one\n";
  std::vector<std::string> words{"parley", "replay", reference, cell.planned->id.value};
  if (cell.planned->trials > 1) words.insert(words.end(), {"--trial", std::to_string(shown.trial)});
  words.push_back("--again");
  return text + "again: " + shell_text(words) + "\n";
}

}  // namespace

int replay_command(replay_options const& options) {
  if (options.again) return hold_again(options);
  auto const opened = open_run(options.configuration, {}, options.presentation, options.what.run);
  if (opened == nullptr) return 4;
  run_record const& run = opened->contents.record;
  auto const place = find_recorded_cell(run, options.what.cell);
  if (!place) return refused(place.error());
  auto const& cell = run.cells[*place];
  auto const trial = find_recorded_trial(cell, options.what.trial);
  if (!trial) return refused(trial.error());
  std::ostringstream text;
  write_transcript_text(cell, *trial, *run.details->load(cell.planned->id, *trial), text);
  redaction const mask(opened->configuration.secrets);  // the journal holds none that were known then
  std::cout << mask(text.str());
  if (!options.presentation.quiet)
    std::cout << '\n'
              << safe_text(mask(closing_lines(lasting_name(*opened, options.what.run), cell, *trial)));
  return flush_stdout() ? 0 : 3;
}

}  // namespace parley
