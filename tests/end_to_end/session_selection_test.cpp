// What the selection flags of `run` pick: told by `list`, held by `run`, received by the agent, all the same.
#include "tests/end_to_end/session_project.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <set>
#include <sstream>

using namespace parley::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

using ids = std::set<std::string>;
using words = std::vector<std::string>;

// Four talks with two personas each: suite/talk-N@pat and suite/talk-N@kim.
struct suite {
  explicit suite(recording_agent::answer reply = {}) : agent(std::move(reply)), project(4, agent.url()) {
    project.folder().write("personas/kim.yaml", "name: Kim\ntags: {mood: angry}\nbackground: Another.\n");
    project.folder().write("tests/suite.yaml", "matrix:\n  - tags: {level: smoke}\n");
  }

  ids listed(words flags) const {
    flags.insert(flags.begin(), {"list", "--format", "ids"});
    auto const result = project.run(flags);
    INFO(result.err);
    CHECK(result.exit_code == (result.out.empty() ? 5 : 0));
    ids found;
    std::istringstream in(result.out);
    for (std::string line; std::getline(in, line);) found.insert(line);
    return found;
  }
  parley_result run(words flags) const {
    flags.insert(flags.begin(), {"run", "--reporter", "json=run.json"});
    return project.run(flags);
  }
  ids held() const {
    ids found;
    for (auto const& [id, outcome] : outcomes_in_json(project.json_of("run.json"))) found.insert(id);
    return found;
  }

  recording_agent agent;
  session_project project;
};

ids cells(std::string const& talks, words const& personas = {"pat", "kim"}) {
  ids all;
  for (char const number : talks)
    for (auto const& persona : personas) all.insert(std::string("suite/talk-") + number + "@" + persona);
  return all;
}

void check_selects(words const& flags, ids const& expected) {
  INFO(json(flags).dump());
  suite const of;
  CHECK(of.listed(flags) == expected);
  CHECK(of.agent.count() == 0);
  auto const result = of.run(flags);
  INFO(result.err << result.out);
  CHECK(result.exit_code == 0);
  CHECK(of.held() == expected);
  CHECK(received_by_conversation(of.agent).size() == expected.size());
}

}  // namespace

TEST_CASE("everything runs when nothing is asked for", "[session]") {
  check_selects({}, cells("1234"));
}

TEST_CASE("an expression selects by names and tags", "[session]") {
  check_selects({"-k", "(talk-1 or 'Talk 2') and not kim"}, cells("12", {"pat"}));
  check_selects({"-k", "parity:odd and KIM"}, cells("13", {"kim"}));
}

TEST_CASE("tags select by key and by value, and all must hold", "[session]") {
  check_selects({"--tag", "parity:odd"}, cells("13"));
  check_selects({"--tag", "mood"}, cells("1234", {"kim"}));
  check_selects({"--tag", "parity:even", "--tag", "number:4", "--tag", "level:smoke"}, cells("4"));
}

TEST_CASE("names of scenarios and personas are globs", "[session]") {
  check_selects({"--scenario", "talk [12]"}, cells("12"));
  check_selects({"--persona", "K*"}, cells("1234", {"kim"}));
  check_selects({"--scenario", "Talk 1", "--scenario", "Talk 3", "--persona", "pat"}, cells("13", {"pat"}));
}

TEST_CASE("positionals are paths, ids and parts of names", "[session]") {
  check_selects({"scenarios/talk-3.yaml"}, cells("3"));
  check_selects({"personas/kim.yaml"}, cells("1234", {"kim"}));
  check_selects({"tests"}, cells("1234"));
  check_selects({"tests/suite.yaml:2"}, cells("1234"));
  check_selects({"suite/talk-2@kim"}, cells("2", {"kim"}));
  check_selects({"TALK-4", "suite/talk-2@kim", "--persona", "Kim"}, cells("24", {"kim"}));
}

TEST_CASE("shards are disjoint and together everything", "[session]") {
  suite const of;
  for (std::size_t const count : {1U, 2U, 3U, 5U}) {
    ids together;
    std::size_t sum = 0;
    for (std::size_t index = 1; index <= count; ++index) {
      auto const share = of.listed({"--shard", std::to_string(index) + "/" + std::to_string(count)});
      sum += share.size();
      together.insert(share.begin(), share.end());
    }
    CHECK(together == cells("1234"));
    CHECK(sum == together.size());
  }
}

TEST_CASE("shards are cut after every other filter, and by id alone", "[session]") {
  suite const of;
  auto const first = of.listed({"--shard", "1/2"});
  ids odd;
  for (auto const& id : of.listed({"--shard", "1/2", "--tag", "parity:odd"})) {
    CHECK(first.contains(id));
    odd.insert(id);
  }
  for (auto const& id : of.listed({"--shard", "2/2", "--tag", "parity:odd"})) CHECK(odd.insert(id).second);
  CHECK(odd == cells("13"));
}

TEST_CASE("the shards of one run are held, recorded as such, and make a whole", "[session]") {
  suite const of;
  ids together;
  for (auto const* shard : {"1/2", "2/2"}) {
    auto const result = of.run({"--shard", shard});
    INFO(result.err << result.out);
    REQUIRE(result.exit_code == 0);
    CHECK(of.project.json_of("run.json").at("run").at("shard") == shard);
    for (auto const& id : of.held()) CHECK(together.insert(id).second);
  }
  CHECK(together == cells("1234"));
  CHECK(received_by_conversation(of.agent).size() == 8);
}

TEST_CASE("a build system's shard variables mean the same", "[session]") {
  suite const of;
  auto const result =
      of.project.run({"list", "--format", "ids"}, {{"TEST_TOTAL_SHARDS", "2"}, {"TEST_SHARD_INDEX", "0"}});
  CHECK(result.out == of.project.run({"list", "--format", "ids", "--shard", "1/2"}).out);
}

TEST_CASE("a dry run sends nothing and leaves nothing", "[session]") {
  suite const of;
  auto const result = of.run({"--dry-run", "--tag", "parity:odd", "--junit", "run.xml"});
  INFO(result.err << result.out);
  CHECK(result.exit_code == 0);
  CHECK(of.agent.count() == 0);
  for (auto const& id : cells("13")) CHECK_THAT(result.out, Catch::Contains(id));
  CHECK(count_of(result.out, "suite/talk-") == 4);
  for (auto const* file : {".parley", "run.xml", "run.json"})
    CHECK_FALSE(fs::exists(of.project.folder().path() / file));
  of.project.folder().write("scenarios/broken.yaml", "name: [\n");
  CHECK(of.run({"--dry-run"}).exit_code == 4);
}

namespace {

// Talk 2 fails, talk 3 has no verdict.
parley::http_response by_talk(json const& step) {
  auto const content = step.at("content").get<std::string>();
  if (content.starts_with("Talk 2")) return agent_says("This is wrong.");
  if (content.starts_with("Talk 3")) return parley::http_response(500, "{}");
  return agent_says("Well.");
}

}  // namespace

TEST_CASE("the last run's failures and errors are run again, apart", "[session]") {
  suite const of(by_talk);
  auto const result = of.run({"--retries", "0"});
  INFO(result.err << result.out);
  REQUIRE(result.exit_code == 1);
  CHECK_THAT(result.last_line(), Catch::StartsWith("FAILED (exit 1): 2 failed, 2 errored, 4 passed in "));
  CHECK(of.listed({"--lf"}) == cells("2"));
  CHECK(of.listed({"--last-failed", "--persona", "kim"}) == cells("2", {"kim"}));
  SECTION("only what failed") {
    CHECK(of.run({"--lf"}).exit_code == 1);
    CHECK(of.held() == cells("2"));
    CHECK(of.listed({"--lf"}) == cells("2"));  // of the run of now
  }
  SECTION("only what had no verdict") {
    auto const errored = of.run({"--last-errored", "--retries", "0"});
    CHECK(errored.exit_code == 6);
    CHECK_THAT(errored.last_line(), Catch::StartsWith("INCOMPLETE (exit 6): 2 errored in "));
    CHECK(of.held() == cells("3"));
  }
  SECTION("everything, failures first") {
    auto const before = of.agent.count();
    CHECK(of.run({"--ff", "-j", "1", "--retries", "0"}).exit_code == 1);
    CHECK(of.held() == cells("1234"));
    auto const steps = of.agent.steps();
    CHECK(steps.at(before).at("content") == "Talk 2 opens");
    CHECK(steps.at(before + 2).at("content") == "Talk 2 opens");
  }
  SECTION("of a run named by its id") {
    auto const first = fs::canonical(of.project.folder().path() / ".parley/runs/latest").filename().string();
    REQUIRE(of.run({"--tag", "number:1"}).exit_code == 0);
    CHECK(of.listed({"--lf"}).empty());
    CHECK(of.listed({"--lf", "--from", first}) == cells("2"));
  }
}

TEST_CASE("what selects nothing is exit 5 and says which filter was it", "[session]") {
  suite const of;
  auto const result = of.run({"--tag", "parity:odd", "--tag", "number:2"});
  INFO(result.err << result.out);
  CHECK(result.exit_code == 5);
  CHECK_THAT(last_console_line(result), Catch::StartsWith("NOTHING SELECTED (exit 5): "));
  CHECK_THAT(last_console_line(result), Catch::Contains("number:2"));
  CHECK(of.run({"--tag", "no-such", "--no-tests", "pass"}).exit_code == 0);
  CHECK(of.run({"--tag", "no-such", "--no-tests", "warn"}).exit_code == 0);
  CHECK(of.run({"--tag", "no-such", "--no-tests", "fail"}).exit_code == 5);
  CHECK(of.agent.count() == 0);
}

TEST_CASE("a name that nothing has is exit 4 with the nearest one", "[session]") {
  suite const of;
  auto const result = of.run({"--scenario", "Talk 11"});
  INFO(result.err << result.out);
  CHECK(result.exit_code == 4);
  CHECK_THAT(result.err, Catch::Contains("Talk 1"));
  CHECK_THAT(last_console_line(result), Catch::StartsWith("INVALID (exit 4)"));
  for (auto const* shard : {"0/2", "3/2", "1", "a/b", "1/0", "-1/2"}) {
    INFO(shard);
    CHECK(of.run({"--shard", shard}).exit_code == 4);
  }
  CHECK(of.run({"--taag", "x"}).exit_code == 4);
  CHECK(of.agent.count() == 0);
}
