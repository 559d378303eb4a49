#include "adapters/cli/command_options.hpp"

#include "adapters/cli/run_keys.hpp"
#include "adapters/scenario_sources/registry_address.hpp"
#include "reports/report_catalog.hpp"
#include "runner/inputs/input_problems.hpp"
#include "runner/inputs/quantity_text.hpp"
#include "runner/registry/permissions.hpp"

#include <algorithm>
#include <charconv>
#include <sstream>

namespace parley {
namespace {

// A flag's name as in messages: "--jobs", or "-k" for those without a long one.
std::string display_name(std::string_view long_name) {
  return (long_name.size() == 1 ? "-" : "--") + std::string(long_name);
}

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
  for (auto const& word : into.positionals)
    if (word.empty()) return "an empty argument selects nothing: leave it out, or quote what you mean";
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

presentation_options read_presentation(parsed_flags const& flags) {
  auto const verbose = flags.values.find("verbose");
  return {verbose == flags.values.end() ? 0 : static_cast<int>(verbose->second.size()), flags.given("quiet")};
}

std::string check_resume(parsed_flags const& flags, run_options const& options) {
  if (options.resume.empty())
    return flags.given("resume") ? "--resume: expected a run: latest, an id's beginning or a folder" : "";
  std::string given =
      options.selection.positionals.empty() ? "" : "'" + options.selection.positionals[0] + "'";
  for (std::string_view const name :
       {"k",     "tag",   "scenario", "persona",    "last-failed", "last-errored", "failed-first",
        "from",  "shard", "trials",   "max-trials", "pass-rule",   "baseline",     "alpha",
        "power", "seed",  "source",   "locked",     "offline",     "cassette"})
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

// Each reads what its command has; returns what is wrong, or nothing.
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

std::string fill(parsed_flags const& flags, render_options& into) {
  into.presentation = read_presentation(flags);
  if (flags.positionals.size() > 1) return "report takes one run, not '" + flags.positionals[1] + "' too";
  if (!flags.positionals.empty()) into.run = flags.positionals.front();
  auto wrong = read_configuration(flags, into.configuration);
  return wrong.empty() ? read_reports(flags, into.reports) : wrong;
}

std::string read_format(parsed_flags const& flags, std::string& into) {
  into = flags.last("format", into);
  return into == "text" || into == "json" ? "" : "--format '" + into + "': expected text or json";
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
  into.presentation = read_presentation(flags);
  if (flags.positionals.size() > 1)
    return "baseline update takes one run, not '" + flags.positionals[1] + "' too";
  if (!flags.positionals.empty()) into.run = flags.positionals.front();
  return read_configuration(flags, into.configuration);
}

std::string fill(parsed_flags const& flags, baseline_show_options& into) {
  into.presentation = read_presentation(flags);
  if (flags.positionals.size() > 1)
    return "baseline show takes one baseline, not '" + flags.positionals[1] + "' too";
  if (!flags.positionals.empty()) into.baseline = flags.positionals.front();
  auto wrong = read_configuration(flags, into.configuration);
  return wrong.empty() ? read_format(flags, into.format) : wrong;
}

std::string fill(parsed_flags const& flags, calibrate_options& into) {
  into.presentation = read_presentation(flags);
  if (flags.positionals.size() > 1) return "calibrate takes one run, not '" + flags.positionals[1] + "' too";
  if (!flags.positionals.empty()) into.run = flags.positionals.front();
  auto wrong = read_configuration(flags, into.configuration);
  return wrong.empty() ? read_format(flags, into.format) : wrong;
}

std::string fill(parsed_flags const& flags, show_options& into) {
  into.presentation = read_presentation(flags);
  if (flags.positionals.size() > 1) return "show takes one run, not '" + flags.positionals[1] + "' too";
  if (!flags.positionals.empty()) into.run = flags.positionals.front();
  return read_configuration(flags, into.configuration);
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

std::string fill(parsed_flags const& flags, chat_options& into) {
  into.presentation = read_presentation(flags);
  into.save = flags.last("save");
  if (flags.given("save") && into.save.empty()) return "--save: expected a file to write";
  if (auto const given = flags.values.find("persona"); given != flags.values.end())
    into.personas = given->second;
  return read_configuration(flags, into.configuration);
}

std::string fill(parsed_flags const& flags, sync_options& into) {
  into.presentation = read_presentation(flags);
  into.dry_run = flags.given("dry-run");
  into.force = flags.given("force");
  if (flags.given("source")) {
    auto const url = flags.last("source");
    if (!is_registry_url(url))
      return "--source '" + url + "': expected a registry's URL, http://HOST/ORGANIZATION";
    into.configuration.run.push_back({"source", {url}, "--source"});
  }
  return read_configuration(flags, into.configuration);
}

std::string fill(parsed_flags const& flags, init_options& into) {
  if (flags.positionals.size() > 1) return "init takes one folder, not '" + flags.positionals[1] + "' too";
  if (!flags.positionals.empty()) into.directory = flags.positionals.front();
  return into.directory.empty() ? "init needs a folder that has a name" : "";
}

std::string fill(parsed_flags const& flags, config_show_options& into) {
  into.presentation = read_presentation(flags);
  into.origin = flags.given("origin");
  return read_configuration(flags, into.configuration);
}

std::string fill(parsed_flags const& flags, schema_options& into) {
  std::vector<std::string> const names{"scenario", "persona", "tests", "config", "events"};
  if (flags.positionals.size() != 1)
    return "schema needs one name: scenario, persona, tests, config or events";
  into.name = flags.positionals.front();
  if (std::find(names.begin(), names.end(), into.name) != names.end()) return {};
  auto const near = nearest_name(into.name, names);
  return "unknown schema '" + into.name + "'; " +
         (near.empty() ? "known are scenario, persona, tests, config and events"
                       : "did you mean '" + near + "'?");
}

std::string fill(parsed_flags const& flags, serve_options& into) {
  into.presentation = read_presentation(flags);
  into.listen = flags.last("listen", into.listen);
  into.database = flags.last("db", into.database);
  into.no_auth = flags.given("no-auth");
  into.strict = flags.given("strict");
  into.access_log = !flags.given("no-access-log");
  if (flags.given("rate-limit")) {
    std::string const text = flags.last("rate-limit");
    int number = 0;
    auto const read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || number < 1)
      return "--rate-limit '" + text + "': expected a number of requests a minute, 1 or more";
    into.rate_limit = number;
  }
  into.tls_certificate = flags.last("tls-certificate");
  into.tls_key = flags.last("tls-key");
  if (into.tls_certificate.empty() != into.tls_key.empty())
    return "--tls-certificate and --tls-key belong together: give both, or none";
  if (flags.given("token-life")) {
    auto const life = parse_duration(flags.last("token-life"));
    if (!life || *life < std::chrono::seconds(1))
      return "--token-life '" + flags.last("token-life") + "': expected a duration such as 30m or 1h";
    into.token_life = std::chrono::duration_cast<std::chrono::seconds>(*life);
  }
  if (into.database.empty()) return "--db: expected a path or postgres://...";
  return read_configuration(flags, into.configuration);
}

// The word behind the command stands for the flag of its subject.
std::string take_positional(parsed_flags const& flags, char const* flag, std::string& into) {
  into = flags.last(flag, flags.positionals.empty() ? "" : flags.positionals.front());
  if (flags.positionals.size() > (flags.given(flag) ? 0U : 1U))
    return "unexpected argument '" + flags.positionals.back() + "'";
  return {};
}

std::string fill(parsed_flags const& flags, account_options& into) {
  using subject = account_options::subject;
  using verb = account_options::verb;
  into.database = flags.last("db", into.database);
  into.organization = flags.last("org");
  into.user = flags.last("user");
  into.role = flags.last("role", into.role);
  bool const lists = into.does == verb::list;
  if (into.what == subject::organization) {
    auto wrong = take_positional(flags, "org", into.organization);
    if (!wrong.empty() || lists) return wrong;
    return into.organization.empty() ? "name the organization" : "";
  }
  if (into.what == subject::user) {
    auto wrong = take_positional(flags, "user", into.user);
    if (!wrong.empty() || lists) return wrong;
    if (into.organization.empty()) return "name the organization: --org NAME";
    return into.user.empty() && into.does == verb::revoke ? "name the user" : "";
  }
  if (into.does == verb::revoke) {
    auto wrong = take_positional(flags, "key", into.key);
    return wrong.empty() && into.key.empty() ? "give the id of the key: 'parley key list' shows it" : wrong;
  }
  if (!flags.positionals.empty()) return "unexpected argument '" + flags.positionals.front() + "'";
  if (into.organization.empty() && !lists) return "name the organization: --org NAME";
  if (!parse_caller_role(into.role))
    return "--role '" + into.role + "': expected reader, runner, editor or admin";
  return {};
}

account_options account(account_options::subject what, account_options::verb does) {
  account_options options;
  options.what = what;
  options.does = does;
  return options;
}

command empty_command(command_kind kind) {
  using subject = account_options::subject;
  using verb = account_options::verb;
  switch (kind) {
    case command_kind::run:
      return run_options{};
    case command_kind::list:
      return list_options{};
    case command_kind::validate:
      return validate_options{};
    case command_kind::evaluate:
      return evaluate_options{};
    case command_kind::report:
      return render_options{};
    case command_kind::merge:
      return merge_options{};
    case command_kind::compare:
      return compare_options{};
    case command_kind::baseline_update:
      return baseline_update_options{};
    case command_kind::baseline_show:
      return baseline_show_options{};
    case command_kind::calibrate:
      return calibrate_options{};
    case command_kind::show:
      return show_options{};
    case command_kind::chat:
      return chat_options{};
    case command_kind::push:
      return push_options{};
    case command_kind::pull:
      return pull_options{};
    case command_kind::init:
      return init_options{};
    case command_kind::config_show:
      return config_show_options{};
    case command_kind::schema:
      return schema_options{};
    case command_kind::serve:
      return serve_options{};
    case command_kind::org_create:
      return account(subject::organization, verb::create);
    case command_kind::org_list:
      return account(subject::organization, verb::list);
    case command_kind::org_revoke:
      return account(subject::organization, verb::revoke);
    case command_kind::user_create:
      return account(subject::user, verb::create);
    case command_kind::user_list:
      return account(subject::user, verb::list);
    case command_kind::user_revoke:
      return account(subject::user, verb::revoke);
    case command_kind::key_create:
      return account(subject::key, verb::create);
    case command_kind::key_list:
      return account(subject::key, verb::list);
    case command_kind::key_revoke:
      return account(subject::key, verb::revoke);
  }
  return run_options{};
}

}  // namespace

std::string read_options(command_kind kind, parsed_flags const& flags, command& into) {
  into = empty_command(kind);
  return std::visit([&](auto& options) { return fill(flags, options); }, into);
}

}  // namespace parley
