#include "adapters/cli/command_line.hpp"

#include "adapters/cli/flag_table.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>

using namespace parley;

namespace {

template <class Options>
Options parsed(std::vector<std::string> const& arguments) {
  auto const result = parse_command_line(arguments);
  if (auto const* left = std::get_if<exit_request>(&result)) FAIL(left->text);
  return std::get<Options>(std::get<command>(result));
}

exit_request refused(std::vector<std::string> const& arguments) {
  auto const result = parse_command_line(arguments);
  auto const* left = std::get_if<exit_request>(&result);
  return left == nullptr ? exit_request{-1, "accepted"} : *left;
}

bool says(exit_request const& request, std::string const& text) {
  return request.text.find(text) != std::string::npos;
}

std::vector<std::string> run_values(configuration_options const& options, std::string const& key) {
  for (auto const& flag : options.run)
    if (flag.key == key) return flag.values;
  return {};
}

using words = std::vector<std::string>;

}  // namespace

TEST_CASE("Without a command everything is run") {
  CHECK(parsed<run_options>({}).selection.positionals.empty());
  CHECK(parsed<run_options>({"refunds"}).selection.positionals == words{"refunds"});
  CHECK(parsed<run_options>({"-k", "list", "refunds"}).selection.expression == "list");
  CHECK(parsed<run_options>({"--", "list", "-x"}).selection.positionals == words{"list", "-x"});
  CHECK(parsed<run_options>({"run", "[late]"}).selection.positionals == words{"[late]"});
}

TEST_CASE("The command may stand behind flags, and only the first word is a command") {
  CHECK(parsed<list_options>({"-c", "x.yaml", "list", "run"}).selection.positionals == words{"run"});
  CHECK(parsed<list_options>({"-vq", "list"}).presentation.quiet);
  CHECK(parsed<run_options>({"run", "list"}).selection.positionals == words{"list"});
  CHECK(parsed<run_options>({"--tag=list", "run"}).selection.positionals.empty());
}

TEST_CASE("A repeatable flag takes one value each time and leaves the positional behind it alone") {
  struct repeatable {
    std::string flag;
    std::string value;
    words (*read)(run_options const&);
  };
  std::vector<repeatable> const all{
      {"--tag", "a:b", [](run_options const& o) { return run_values(o.configuration, "tag"); }},
      {"--scenario", "Late*", [](run_options const& o) { return run_values(o.configuration, "scenario"); }},
      {"--persona", "Ang*", [](run_options const& o) { return o.selection.personas; }},
      {"--set", "run.jobs=4", [](run_options const& o) { return o.configuration.set; }},
      {"--reporter", "junit=x.xml",
       [](run_options const& o) {
         words found;
         for (auto const& r : o.reports) found.push_back(r.type + "=" + r.path);
         return found;
       }},
  };
  for (auto const& r : all) {
    INFO(r.flag);
    auto const one = parsed<run_options>({"run", r.flag, r.value, "foo.yaml"});
    CHECK(one.selection.positionals == words{"foo.yaml"});
    CHECK(r.read(one) == words{r.value});
    auto const two = parsed<run_options>({"run", r.flag, r.value, "a", r.flag, r.value, "b"});
    CHECK(two.selection.positionals == words{"a", "b"});
    CHECK(r.read(two) == words{r.value, r.value});
    CHECK(refused({"run", r.flag}).code == 4);
  }
}

TEST_CASE("Every repeatable flag of the table is covered by the test above") {
  words repeatable;
  for (auto const& flag : flag_table())
    if (flag.what == flag_definition::takes::values) repeatable.emplace_back(flag.long_name());
  CHECK(repeatable == words{"tag", "scenario", "persona", "set", "reporter"});
}

TEST_CASE("Flags that are settings keep their text under the key of `run`") {
  auto const o = parsed<run_options>({"--trials",
                                      "5",
                                      "--pass-rule",
                                      "4/5",
                                      "--retries",
                                      "0",
                                      "--retry-on",
                                      "any",
                                      "--fail-on-flaky",
                                      "--max-error-rate",
                                      "5%",
                                      "--maxfail",
                                      "3",
                                      "-j4",
                                      "--timeout",
                                      "5m",
                                      "--turn-timeout",
                                      "250ms",
                                      "--global-timeout",
                                      "1h",
                                      "--grace",
                                      "0s",
                                      "--seed",
                                      "random",
                                      "--agent",
                                      "a",
                                      "--agent-url",
                                      "http://h/",
                                      "--source",
                                      "d",
                                      "--output-dir",
                                      "o",
                                      "--color",
                                      "never",
                                      "--progress",
                                      "lines",
                                      "--show-transcript",
                                      "all",
                                      "--no-tests",
                                      "warn",
                                      "--action-matching",
                                      "tau2",
                                      "--no-judge",
                                      "--shard",
                                      "2/4"});
  auto const value = [&](std::string const& key) { return run_values(o.configuration, key); };
  CHECK(value("trials") == words{"5"});
  CHECK(value("pass_rule") == words{"4/5"});
  CHECK(value("retries") == words{"0"});
  CHECK(value("retry_on") == words{"any"});
  CHECK(value("fail_on_flaky") == words{"true"});
  CHECK(value("max_error_rate") == words{"5%"});
  CHECK(value("maxfail") == words{"3"});
  CHECK(value("jobs") == words{"4"});
  CHECK(value("timeout") == words{"5m"});
  CHECK(value("turn_timeout") == words{"250ms"});
  CHECK(value("global_timeout") == words{"1h"});
  CHECK(value("grace") == words{"0s"});
  CHECK(value("seed") == words{"random"});
  CHECK(value("agent_url") == words{"http://h/"});
  CHECK(value("action_matching") == words{"tau2"});
  CHECK(value("shard") == words{"2/4"});
  CHECK(o.configuration.run.size() == 24);
}

TEST_CASE("A flag given twice keeps the last value") {
  CHECK(run_values(parsed<run_options>({"-j", "4", "--jobs=8"}).configuration, "jobs") == words{"8"});
  CHECK(parsed<run_options>({"-c", "a", "-c", "b"}).configuration.file == "b");
}

TEST_CASE("Flag -x stops after the first bad cell") {
  CHECK(run_values(parsed<run_options>({"-x"}).configuration, "maxfail") == words{"1"});
  CHECK(refused({"-x", "--maxfail", "2"}).code == 4);
}

TEST_CASE("A value that a flag cannot take exits 4 and says what is expected") {
  for (words const& bad : std::vector<words>{{"--jobs", "0"},
                                             {"--jobs", "many"},
                                             {"--trials", "-1"},
                                             {"--pass-rule", "6/5"},
                                             {"--timeout", "30"},
                                             {"--seed", "-1"},
                                             {"--shard", "5/4"},
                                             {"--max-error-rate", "101%"},
                                             {"--retry-on", "errors"},
                                             {"--set", "run.jobs"},
                                             {"--no-judge=maybe"}}) {
    INFO(bad.front() << " " << bad.back());
    auto const request = refused(bad);
    CHECK(request.code == 4);
    CHECK(says(request, bad.front().substr(0, bad.front().find('='))));
  }
  CHECK(says(refused({"--timeout", "30"}), "with its unit"));
  CHECK(says(refused({"--retry-on", "errors"}), "did you mean 'error'?"));
}

TEST_CASE("An unknown flag exits 4 with the nearest name") {
  auto const request = refused({"run", "--jbos", "4", "x"});
  CHECK(request.code == 4);
  CHECK(says(request, "unknown flag '--jbos'; did you mean '--jobs'?"));
  CHECK(says(refused({"--juint=x.xml"}), "did you mean '--junit'?"));
  CHECK(refused({"run", "-Z"}).code == 4);
}

TEST_CASE("Flags of other commands and of later work are unknown") {
  for (auto const* flag :
       {"--markdown", "--cassette", "--queue", "--max-cost", "--force", "--origin", "--format"})
    CHECK(refused({"run", flag, "x"}).code == 4);
  CHECK(refused({"list", "--jobs", "4"}).code == 4);
  CHECK(refused({"validate", "--junit", "x"}).code == 4);
}

TEST_CASE("A mistyped command exits 4 with the nearest one; a path or text is run") {
  CHECK(says(refused({"lst"}), "did you mean 'list'?"));
  CHECK(refused({"lst"}).code == 4);
  CHECK(says(refused({"-v", "valdate"}), "did you mean 'validate'?"));
  CHECK(says(refused({"config", "shwo"}), "did you mean 'show'?"));
  CHECK(refused({"config"}).code == 4);
  CHECK(says(refused({"schema", "scenaro"}), "did you mean 'scenario'?"));
  CHECK(refused({"schema"}).code == 4);
  CHECK(parsed<run_options>({"late"}).selection.positionals == words{"late"});
  CHECK(parsed<run_options>({"./lst"}).selection.positionals == words{"./lst"});
  CHECK(parsed<run_options>({"run", "lst"}).selection.positionals == words{"lst"});
}

TEST_CASE("Runs and baselines are compared by name, and of two words both are needed") {
  CHECK(parsed<compare_options>({"compare", "a"}).head == "latest");
  CHECK(parsed<compare_options>({"compare", "a", "b", "--format", "json"}).head == "b");
  CHECK(says(refused({"compare"}), "compare needs a run or a baseline file"));
  CHECK(says(refused({"compare", "a", "b", "c"}), "not 'c' too"));
  CHECK(says(refused({"compare", "a", "--format", "ids"}), "expected text or json"));
  CHECK(parsed<baseline_update_options>({"baseline", "update"}).run == "latest");
  CHECK_FALSE(parsed<baseline_update_options>({"baseline", "update"}).force);
  CHECK(parsed<baseline_update_options>({"baseline", "update", "--force"}).force);
  CHECK(parsed<baseline_show_options>({"-v", "baseline", "show", "x.json"}).baseline == "x.json");
  CHECK(says(refused({"baseline"}), "baseline needs 'update' or 'show'"));
  CHECK(says(refused({"baseline", "updaet"}), "did you mean 'update'?"));
  CHECK(refused({"baseline", "--help"}).code == 0);
  CHECK(says(refused({"comapre", "a"}), "did you mean 'compare'?"));
  CHECK(parsed<calibrate_options>({"calibrate"}).run.empty());
  CHECK(says(refused({"run", "--alpha", "2"}), "at most one half"));
  CHECK(says(refused({"run", "--power", "30%"}), "from 0.5 to 0.99"));
  CHECK(says(refused({"run", "--trials", "some"}), "or auto"));
  CHECK(says(refused({"run", "--max-trials", "101"}), "from 1 to 100"));
}

TEST_CASE("Selection that looks at an earlier run") {
  auto const o = parsed<run_options>({"--lf", "--from", "2026", "--ff", "--last-errored"});
  CHECK(o.selection.last_failed);
  CHECK(o.selection.last_errored);
  CHECK(o.selection.failed_first);
  CHECK(o.selection.from == "2026");
  CHECK(parsed<list_options>({"list", "--last-failed"}).selection.last_failed);
  CHECK(parsed<run_options>({"--failed-first"}).selection.failed_first);
  CHECK(parsed<run_options>({"--shard", "1/2", "--from", "parley.baseline.json"}).selection.from ==
        "parley.baseline.json");
}

TEST_CASE("A resumed run takes no selection") {
  CHECK(parsed<run_options>({"--resume", "latest", "-j", "2"}).resume == "latest");
  for (words const& selection : std::vector<words>{{"x"},
                                                   {"-k", "x"},
                                                   {"--tag", "x"},
                                                   {"--lf"},
                                                   {"--shard", "1/2"},
                                                   {"--persona", "x"},
                                                   {"--scenario", "x"}}) {
    words arguments{"run", "--resume", "latest"};
    arguments.insert(arguments.end(), selection.begin(), selection.end());
    CHECK(refused(arguments).code == 4);
  }
}

TEST_CASE("Reporters are known by name, and only one may write to stdout") {
  auto const o = parsed<run_options>({"--junit", "a.xml", "--events", "-", "--reporter", "jsonl=b"});
  REQUIRE(o.reports.size() == 3);
  CHECK(o.reports[0].type == "jsonl");
  CHECK(o.reports[1].type == "junit");
  CHECK(o.reports[1].path == "a.xml");
  CHECK(o.reports[2].type == "events");
  CHECK(o.reports[2].path.empty());
  CHECK(says(refused({"--reporter", "junti"}), "did you mean 'junit'?"));
  CHECK(says(refused({"--reporter", "json", "--reporter", "dot"}), "stdout"));
  CHECK(refused({"--reporter", "junit="}).code == 4);
  // --github speaks beside the report on stdout.
  auto const step = parsed<run_options>({"--github", "--reporter", "json"});
  REQUIRE(step.reports.size() == 2);
  CHECK(step.reports[1].type == "github");
  CHECK(step.reports[1].path.empty());
  auto const page = parsed<run_options>({"--html", "x.html"});
  REQUIRE(page.reports.size() == 1);
  CHECK(page.reports[0].type == "html");
  CHECK(page.reports[0].path == "x.html");
}

TEST_CASE("Help and version go to stdout with code 0") {
  CHECK(refused({"--version"}).code == 0);
  CHECK(refused({"--version"}).text == "parley 0.1.0\n");
  auto const overview = refused({"--help"});
  CHECK(overview.code == 0);
  for (auto const* name :
       {"run",           "list",      "validate", "evaluate", "report", "compare",     "baseline update",
        "baseline show", "calibrate", "show",     "merge",    "replay", "runs list",   "runs prune",
        "runs export",   "serve",     "push",     "pull",     "init",   "config show", "schema",
        "completions"})
    CHECK(says(overview, std::string("\n  ") + name));
  for (auto const* later : {"worker"}) CHECK_FALSE(says(overview, std::string("\n  ") + later));
  auto const run_help = refused({"run", "--help"});
  CHECK(run_help.code == 0);
  CHECK(says(run_help, "--turn-timeout"));
  CHECK(says(run_help, "Examples:"));
  CHECK(refused({"config", "--help"}).code == 0);
}

TEST_CASE("The other commands take their own arguments") {
  CHECK(parsed<validate_options>({"validate", "a", "b"}).paths == words{"a", "b"});
  CHECK(parsed<list_options>({"list", "--format", "ids"}).format == "ids");
  CHECK(refused({"list", "--format", "xml"}).code == 4);
  CHECK(parsed<evaluate_options>({"evaluate", "--reporter", "jsonl=o", "f.jsonl"}).files == words{"f.jsonl"});
  CHECK(refused({"evaluate"}).code == 4);
  CHECK(parsed<render_options>({"report"}).run == "latest");
  CHECK(parsed<render_options>({"report", "2026", "--junit", "x"}).run == "2026");
  CHECK(refused({"report", "a", "b"}).code == 4);
  CHECK(parsed<show_options>({"show"}).run == "latest");
  CHECK(parsed<show_options>({"show", "2026"}).run == "2026");
  CHECK(refused({"show", "a", "b"}).code == 4);
  CHECK(refused({"show", "--junit", "x"}).code == 4);
  CHECK(parsed<init_options>({"init"}).directory == ".");
  CHECK(parsed<init_options>({"init", "d"}).directory == "d");
  CHECK(parsed<config_show_options>({"config", "show", "--origin", "-P", "ci"}).origin);
  CHECK(parsed<config_show_options>({"-P", "ci", "config", "show"}).configuration.profile == "ci");
  CHECK(parsed<schema_options>({"schema", "tests"}).name == "tests");
  CHECK(refused({"config", "show", "extra"}).code == 4);
}

TEST_CASE("The whole command is kept as it was typed") {
  CHECK(parsed<run_options>({"-j", "4", "run", "x"}).command == words{"parley", "-j", "4", "run", "x"});
}
