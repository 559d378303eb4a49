#include "adapters/cli/fill_options.hpp"
#include "adapters/cli/flag_readers.hpp"

#include <sstream>

namespace parley {
namespace {

std::string check_resume(parsed_flags const& flags, run_options const& options) {
  if (options.resume.empty())
    return flags.given("resume") ? "--resume: expected a run: latest, an id's beginning or a folder" : "";
  std::string given =
      options.selection.positionals.empty() ? "" : "'" + options.selection.positionals[0] + "'";
  for (std::string_view const name :
       {"k",     "tag",   "scenario", "persona",    "last-failed", "last-errored", "failed-first",
        "from",  "shard", "trials",   "max-trials", "pass-rule",   "baseline",     "alpha",
        "power", "seed",  "source",   "locked",     "offline",     "cassette",     "cover"})
    if (flags.given(name)) given = display_name(name);
  if (given.empty() && options.dry_run)
    return "--resume holds what is missing: leave --dry-run out, 'parley report' says what that is";
  if (given.empty()) return {};
  return "--resume takes the plan from the run it finishes: leave " + given + " out";
}

std::string read_cassette(parsed_flags const& flags, cassette_choice& into) {
  std::string const text = flags.last("cassette");
  auto const equals = text.find('=');
  std::string const mode = text.substr(0, equals);
  bool const known = mode == "record" || mode == "replay";
  if (flags.given("cassette") && (!known || equals == std::string::npos || equals + 1 == text.size()))
    return "--cassette '" + text + "': expected record=DIR or replay=DIR";
  if (known) into.which = mode == "record" ? cassette_choice::mode::record : cassette_choice::mode::replay;
  if (known) into.directory = text.substr(equals + 1);
  if (!flags.given("rerecord")) return {};
  if (into.which != cassette_choice::mode::replay)
    return "--rerecord refreshes one party of a cassette: give --cassette replay=DIR beside it";
  std::istringstream parties(flags.last("rerecord"));
  for (std::string name; std::getline(parties, name, ',');) {
    auto const party = parse_cassette_party(name);
    if (!party) return "--rerecord '" + name + "': expected agent, user or judge";
    into.rerecord.insert(*party);
  }
  if (into.rerecord.empty()) return "--rerecord: expected agent, user or judge";
  return {};
}

}  // namespace

std::string fill(parsed_flags const& flags, run_options& into) {
  into.presentation = read_presentation(flags);
  into.resume = flags.last("resume");
  into.dry_run = flags.given("dry-run");
  into.watch = flags.given("watch");
  if (into.watch && !into.resume.empty()) return "--resume finishes one run: leave --watch out";
  auto wrong = read_configuration(flags, into.configuration);
  if (wrong.empty()) wrong = read_selection(flags, into.selection);
  if (wrong.empty()) wrong = read_reports(flags, into.reports);
  if (wrong.empty()) wrong = read_cassette(flags, into.cassette);
  return wrong.empty() ? check_resume(flags, into) : wrong;
}

std::string fill(parsed_flags const& flags, list_options& into) {
  into.presentation = read_presentation(flags);
  into.format = flags.last("format", into.format);
  if (into.format != "text" && into.format != "json" && into.format != "ids")
    return "--format '" + into.format + "': expected text, json or ids";
  if (flags.given("coverage") && into.format == "ids") return "--coverage is told as text or json";
  auto wrong = read_configuration(flags, into.configuration);
  return wrong.empty() ? read_selection(flags, into.selection) : wrong;
}

std::string fill(parsed_flags const& flags, validate_options& into) {
  into.presentation = read_presentation(flags);
  into.paths = flags.positionals;
  return read_configuration(flags, into.configuration);
}

std::string fill(parsed_flags const& flags, evaluate_options& into) {
  into.presentation = read_presentation(flags);
  into.files = flags.positionals;
  if (into.files.empty())
    return "evaluate needs a file of recorded conversations: parley evaluate FILE.jsonl";
  auto wrong = read_configuration(flags, into.configuration);
  return wrong.empty() ? read_reports(flags, into.reports) : wrong;
}

std::string fill(parsed_flags const& flags, chat_options& into) {
  into.presentation = read_presentation(flags);
  into.save = flags.last("save");
  if (flags.given("save") && into.save.empty()) return "--save: expected a file to write";
  if (auto const given = flags.values.find("persona"); given != flags.values.end())
    into.personas = given->second;
  return read_configuration(flags, into.configuration);
}

}  // namespace parley
