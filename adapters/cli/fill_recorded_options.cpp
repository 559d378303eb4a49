#include "adapters/cli/fill_options.hpp"
#include "adapters/cli/flag_readers.hpp"
#include "runner/inputs/quantity_text.hpp"

#include <algorithm>
#include <charconv>

namespace parley {
namespace {

// Days and weeks too, which no limit of a run is measured in.
std::optional<std::chrono::milliseconds> parse_age(std::string text) {
  int const hours = text.ends_with('d') ? 24 : text.ends_with('w') ? 7 * 24 : 0;
  if (hours != 0) text.back() = 'h';
  auto const age = parse_duration(text);
  if (!age) return std::nullopt;
  return *age * std::max(hours, 1);
}

std::optional<int> parse_count(std::string const& text, int least) {
  int number = 0;
  auto const read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || number < least) return std::nullopt;
  return number;
}

// What every command that looks at one run or baseline reads.
template <class Options>
std::string fill_one(parsed_flags const& flags, std::string_view command, std::string_view what,
                     std::string& name, Options& into) {
  into.presentation = read_presentation(flags);
  auto const wrong = read_only_positional(flags, command, what, name);
  return wrong.empty() ? read_configuration(flags, into.configuration) : wrong;
}

// Without --again nothing is held, so nothing is reported.
std::string check_only_read(parsed_flags const& flags) {
  for (std::string_view const name :
       {"agent", "agent-url", "output-dir", "reporter", "junit", "html", "github", "show-transcript"})
    if (flags.given(name))
      return display_name(name) + " is for --again: without it the recorded conversation is printed";
  return {};
}

std::string read_prune_rule(parsed_flags const& flags, runs_prune_options& into) {
  if (flags.given("keep")) {
    into.keep = parse_count(flags.last("keep"), 0);
    if (!into.keep) return "--keep '" + flags.last("keep") + "': expected a number of runs, 0 or more";
  }
  if (flags.given("older-than")) {
    into.older_than = parse_age(flags.last("older-than"));
    if (!into.older_than)
      return "--older-than '" + flags.last("older-than") +
             "': expected an age with its unit, such as 30d, 12h or 2w";
  }
  if (into.keep || into.older_than) return {};
  return "say which runs may go: --keep N leaves the newest N, --older-than 30d leaves younger ones; "
         "--dry-run "
         "shows what that means";
}

}  // namespace

std::string fill(parsed_flags const& flags, render_options& into) {
  auto const wrong = fill_one(flags, "report", "run", into.run, into);
  return wrong.empty() ? read_reports(flags, into.reports) : wrong;
}

std::string fill(parsed_flags const& flags, compare_options& into) {
  into.presentation = read_presentation(flags);
  if (flags.positionals.empty()) return "compare needs a run or a baseline file: parley compare BASE [HEAD]";
  if (flags.positionals.size() > 2) return "compare takes two runs, not '" + flags.positionals[2] + "' too";
  into.base = flags.positionals.front();
  if (flags.positionals.size() == 2) into.head = flags.positionals.back();
  auto wrong = read_configuration(flags, into.configuration);
  return wrong.empty() ? read_format(flags, into.format) : wrong;
}

std::string fill(parsed_flags const& flags, baseline_update_options& into) {
  into.force = flags.given("force");
  return fill_one(flags, "baseline update", "run", into.run, into);
}

std::string fill(parsed_flags const& flags, baseline_show_options& into) {
  auto const wrong = fill_one(flags, "baseline show", "baseline", into.baseline, into);
  return wrong.empty() ? read_format(flags, into.format) : wrong;
}

std::string fill(parsed_flags const& flags, calibrate_options& into) {
  auto const wrong = fill_one(flags, "calibrate", "run", into.run, into);
  return wrong.empty() ? read_format(flags, into.format) : wrong;
}

std::string fill(parsed_flags const& flags, show_options& into) {
  return fill_one(flags, "show", "run", into.run, into);
}

std::string fill(parsed_flags const& flags, merge_options& into) {
  into.presentation = read_presentation(flags);
  into.runs = flags.positionals;
  if (into.runs.empty()) return "merge needs the recordings of shards: parley merge DIR...";
  into.output = flags.last("output");
  if (flags.given("output") && into.output.empty()) return "-o: expected a folder";
  auto wrong = read_configuration(flags, into.configuration);
  return wrong.empty() ? read_reports(flags, into.reports) : wrong;
}

std::string fill(parsed_flags const& flags, replay_options& into) {
  into.presentation = read_presentation(flags);
  into.again = flags.given("again");
  if (flags.positionals.size() < 2)
    return "replay needs a run and a cell, such as 'parley replay latest refunds/late@angry'; 'parley "
           "report' lists "
           "the cells of a run";
  if (flags.positionals.size() > 2) return "replay takes one cell, not '" + flags.positionals[2] + "' too";
  into.what.run = flags.positionals.front();
  into.what.cell = flags.positionals.back();
  if (into.what.cell.empty()) return "replay needs the id of a cell, or a part of it";
  if (flags.given("trial")) {
    into.what.trial = parse_count(flags.last("trial"), 1);
    if (!into.what.trial)
      return "--trial '" + flags.last("trial") + "': expected the number of a trial, 1 or more";
  }
  auto wrong = into.again ? std::string() : check_only_read(flags);
  if (wrong.empty()) wrong = read_configuration(flags, into.configuration);
  return wrong.empty() ? read_reports(flags, into.reports) : wrong;
}

std::string fill(parsed_flags const& flags, runs_list_options& into) {
  into.presentation = read_presentation(flags);
  into.format = flags.last("format", into.format);
  if (into.format != "text" && into.format != "json" && into.format != "ids")
    return "--format '" + into.format + "': expected text, json or ids";
  return read_configuration(flags, into.configuration);
}

std::string fill(parsed_flags const& flags, runs_prune_options& into) {
  into.presentation = read_presentation(flags);
  into.dry_run = flags.given("dry-run");
  auto const wrong = read_prune_rule(flags, into);
  return wrong.empty() ? read_configuration(flags, into.configuration) : wrong;
}

std::string fill(parsed_flags const& flags, runs_export_options& into) {
  into.presentation = read_presentation(flags);
  into.output = flags.last("output");
  if (flags.given("output") && into.output.empty()) return "-o: expected a file to write";
  auto wrong = read_only_positional(flags, "runs export", "run", into.run);
  if (wrong.empty() && into.run.empty())
    wrong = "runs export needs a run, such as 'parley runs export latest'; 'parley runs list' shows them";
  return wrong.empty() ? read_configuration(flags, into.configuration) : wrong;
}

}  // namespace parley
