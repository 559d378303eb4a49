// What may become the baseline, and what happens where a baseline has nothing to say, with the real program.
#include "tests/end_to_end/session_project.hpp"
#include "tests/support/catch.hpp"

using namespace parley::test;
using nlohmann::json;

TEST_CASE("[comparison] a selection does not silently shrink the baseline") {
  recording_agent agent;
  session_project const project(4, agent.url());
  REQUIRE(project.run({"run", "-q"}).exit_code == 0);
  REQUIRE(project.run({"baseline", "update"}).exit_code == 0);
  REQUIRE(project.run({"run", "-q", "talk-2"}).exit_code == 0);
  auto const refused = project.run({"baseline", "update"});
  INFO(refused.out << refused.err);
  CHECK(refused.exit_code == 4);
  CHECK_THAT(refused.err, Catch::Contains("is a part (parley run -q talk-2)"));
  CHECK_THAT(refused.err, Catch::Contains("3 unit tests of the old one: scenarios/talk-1@pat, "));
  CHECK_THAT(refused.err, Catch::Contains("--force"));
  CHECK(project.json_of("parley.baseline.json").at("cells").size() == 4);

  auto const forced = project.run({"baseline", "update", "--force"});
  CHECK(forced.exit_code == 0);
  CHECK_THAT(forced.err, Catch::Contains("the baseline lost 3 unit tests of the old one"));
  CHECK(project.json_of("parley.baseline.json").at("cells").size() == 1);
  REQUIRE(project.run({"run", "-q", "--tag", "parity:even"}).exit_code == 0);
  CHECK(project.run({"baseline", "update"}).exit_code == 0);  // nothing is lost by it
}

TEST_CASE("[comparison] a unit test that the project lost leaves the baseline with a word") {
  recording_agent agent;
  session_project const project(3, agent.url());
  REQUIRE(project.run({"run", "-q"}).exit_code == 0);
  REQUIRE(project.run({"baseline", "update"}).exit_code == 0);
  std::filesystem::remove(project.folder().path() / "scenarios/talk-3.yaml");
  REQUIRE(project.run({"run", "-q"}).exit_code == 0);
  auto const updated = project.run({"baseline", "update"});
  CHECK(updated.exit_code == 0);
  CHECK_THAT(updated.err,
             Catch::Contains("the baseline lost 1 unit test of the old one: scenarios/talk-3@pat"));
}

TEST_CASE("[comparison] a conversation that was held again is no baseline by accident") {
  recording_agent agent;
  session_project const project(1, agent.url());
  REQUIRE(project.run({"run", "-q"}).exit_code == 0);
  REQUIRE(project.run({"replay", "latest", "talk-1", "--again", "-q"}).exit_code == 0);
  auto const refused = project.run({"baseline", "update"});
  CHECK(refused.exit_code == 4);
  CHECK_THAT(refused.err, Catch::Contains("held a recorded conversation again"));
  CHECK(project.run({"baseline", "update", "--force"}).exit_code == 0);
}

TEST_CASE("[comparison] a baseline of another project is no silence") {
  recording_agent agent;
  session_project const project(2, agent.url());
  REQUIRE(project.run({"run", "-q", "--output-dir", "here"}).exit_code == 0);
  REQUIRE(project.run({"baseline", "update", "here"}).exit_code == 0);
  auto text = project.read("parley.baseline.json");
  for (auto at = text.find("scenarios/talk"); at != std::string::npos; at = text.find("scenarios/talk"))
    text.replace(at, 14, "elsewhere/chat");
  auto const id = text.find("\"id\":\"") + 6;
  text.replace(id, 4, "1999");
  project.folder().write("other.json", text);
  auto const run = project.run({"run", "--baseline", "other.json"});
  INFO(run.out << run.err);
  CHECK(run.exit_code == 0);
  CHECK_THAT(run.err, Catch::Contains("none of the 2 selected unit tests is in it"));
  CHECK_THAT(run.err, Catch::Contains("is it the baseline of another project?"));
  CHECK_THAT(run.out, Catch::Contains("warning: nothing was compared"));
  auto const compared = project.run({"compare", "other.json", "here"});
  CHECK_THAT(compared.out, Catch::Contains("warning: nothing was compared: none of the 2 cells of this run"));
  CHECK_THAT(compared.last_line(), Catch::Contains("the runs have no cell in common"));
  auto const machine = project.run({"compare", "other.json", "here", "--format", "json"});
  CHECK_THAT(machine.err, Catch::Contains("nothing was compared"));
}

TEST_CASE("[comparison] a report in place of a baseline is told apart from one") {
  recording_agent agent;
  session_project const project(1, agent.url());
  REQUIRE(project.run({"run", "-q", "--reporter", "json=run.json"}).exit_code == 0);
  auto const refused = project.run({"compare", "run.json", "latest"});
  CHECK(refused.exit_code == 4);
  CHECK_THAT(refused.err, Catch::Contains("run.json: this is a json report: name the run, "));
  CHECK_THAT(refused.err, !Catch::Contains("type_error"));
}

TEST_CASE("[comparison] --max-trials without --trials auto is refused with the way out") {
  recording_agent agent;
  session_project const project(1, agent.url());
  auto const refused = project.run({"run", "--max-trials", "5"});
  CHECK(refused.exit_code == 4);
  CHECK_THAT(
      refused.err,
      Catch::Contains("--max-trials: only --trials auto has a most, add --trials auto, or say --trials 5"));
  CHECK(agent.count() == 0);
}
