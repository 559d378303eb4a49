#include "adapters/cli/flag_readers.hpp"

#include "adapters/cli/run_keys.hpp"
#include "reports/report_catalog.hpp"

#include <utility>

namespace parley {
namespace {

std::string add_run_flags(parsed_flags const& flags, configuration_options& into) {
  for (auto const& flag : flag_table()) {
    auto const given = flags.values.find(flag.long_name());
    if (flag.run_key.empty() || given == flags.values.end()) continue;
    auto const name = display_name(flag.long_name());
    for (auto const& value : given->second) {
      auto const wrong = check_run_text(flag.run_key, value);
      if (!wrong.empty()) return name + " '" + value + "': " + wrong;
    }
    into.run.push_back({std::string(flag.run_key), given->second, name});
  }
  if (flags.given("x")) {
    if (flags.given("maxfail")) return "-x is --maxfail 1: give one of them";
    into.run.push_back({"maxfail", {"1"}, "-x"});
  }
  return {};
}

std::string read_report(std::string const& text, std::string const& flag, report_flag& into) {
  auto const equals = text.find('=');
  into = {text.substr(0, equals), equals == std::string::npos ? "" : text.substr(equals + 1), flag};
  if (find_report(into.type) == nullptr) return flag + ": " + unknown_report_text(into.type);
  if (equals != std::string::npos && into.path.empty())
    return flag + " '" + text + "': the path is missing after '='";
  if (into.path == "-") into.path.clear();
  return {};
}

}  // namespace

std::string display_name(std::string_view long_name) {
  return (long_name.size() == 1 ? "-" : "--") + std::string(long_name);
}

std::string read_configuration(parsed_flags const& flags, configuration_options& into) {
  if (flags.given("config")) into.file = flags.last("config");
  if (flags.given("profile")) into.profile = flags.last("profile");
  if (auto const given = flags.values.find("set"); given != flags.values.end()) into.set = given->second;
  for (auto const& change : into.set) {
    auto const equals = change.find('=');
    if (equals == 0 || equals == std::string::npos)
      return "--set '" + change + "': expected KEY=VALUE, such as run.jobs=4";
  }
  return add_run_flags(flags, into);
}

std::string read_selection(parsed_flags const& flags, selection_options& into) {
  into.positionals = flags.positionals;
  into.expression = flags.last("k");
  if (flags.given("k") && into.expression.find_first_not_of(" \t") == std::string::npos)
    return "-k: expected words with and, or, not and ()";
  if (auto const given = flags.values.find("persona"); given != flags.values.end())
    into.personas = given->second;
  into.last_failed = flags.given("last-failed");
  into.last_errored = flags.given("last-errored");
  into.failed_first = flags.given("failed-first");
  into.from = flags.last("from");
  into.coverage = flags.given("coverage");
  into.cover_pairs = flags.given("cover");
  if (auto const how = flags.last("cover", "pairwise"); how != "pairwise")
    return "--cover '" + how + "': expected pairwise";
  for (auto const& word : into.positionals)
    if (word.empty()) return "an empty argument selects nothing: leave it out, or quote what you mean";
  return {};
}

std::string read_reports(parsed_flags const& flags, std::vector<report_flag>& into) {
  std::vector<std::pair<std::string, std::string>> wanted;  // text, flag
  if (auto const given = flags.values.find("reporter"); given != flags.values.end())
    for (auto const& text : given->second) wanted.emplace_back(text, "--reporter");
  if (flags.given("junit")) wanted.emplace_back("junit=" + flags.last("junit"), "--junit");
  if (flags.given("html")) wanted.emplace_back("html=" + flags.last("html"), "--html");
  if (flags.given("github")) wanted.emplace_back("github", "--github");
  if (flags.given("events")) wanted.emplace_back("events=" + flags.last("events"), "--events");
  std::string on_stdout;
  for (auto const& [text, flag] : wanted) {
    report_flag report;
    auto const wrong = read_report(text, flag, report);
    if (!wrong.empty()) return wrong;
    if (report.path.empty() && report.type != "github") {  // which speaks beside another
      if (!on_stdout.empty())
        return "reporters '" + on_stdout + "' and '" + report.type +
               "' would both write to stdout: give one of them a path, " + report.type + "=PATH";
      on_stdout = report.type;
    }
    into.push_back(std::move(report));
  }
  return {};
}

std::string read_format(parsed_flags const& flags, std::string& into) {
  into = flags.last("format", into);
  return into == "text" || into == "json" ? "" : "--format '" + into + "': expected text or json";
}

std::string read_only_positional(parsed_flags const& flags, std::string_view of_command,
                                 std::string_view what, std::string& into) {
  if (flags.positionals.size() > 1)
    return std::string(of_command) + " takes one " + std::string(what) + ", not '" + flags.positionals[1] +
           "' too";
  if (!flags.positionals.empty()) into = flags.positionals.front();
  return {};
}

presentation_options read_presentation(parsed_flags const& flags) {
  auto const verbose = flags.values.find("verbose");
  return {verbose == flags.values.end() ? 0 : static_cast<int>(verbose->second.size()), flags.given("quiet")};
}

}  // namespace parley
