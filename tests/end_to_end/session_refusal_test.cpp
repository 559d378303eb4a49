// What programs read of a run that was not held, and of what a run warned of.
#include "tests/end_to_end/session_project.hpp"
#include "tests/support/catch.hpp"

#include <pugixml.hpp>

using namespace parley::test;

namespace {

using words = std::vector<std::string>;

std::string error_of(session_project const& project) {
  pugi::xml_document document;
  auto const suite = project.junit_of("run.xml", document).select_node("//testsuite[@name='parley']").node();
  CHECK(std::string(document.child("testsuites").attribute("errors").value()) == "1");
  return suite.select_node(".//error").node().attribute("message").value();
}

struct after_a_green_run {
  recording_agent const agent;
  session_project const project{1, agent.url()};
  after_a_green_run() { REQUIRE(run({}).exit_code == 0); }

  parley_result run(words more) const {
    words arguments{"run", "--junit", "run.xml", "--reporter", "json=run.json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return project.run(arguments);
  }
};

}  // namespace

TEST_CASE("a run that is refused leaves no green report of an earlier one", "[session]") {
  after_a_green_run const earlier;
  SECTION("by its files") {
    CHECK(earlier.run({"--set", "agents.desk.typ=x"}).exit_code == 4);
    CHECK_THAT(error_of(earlier.project), Catch::Contains("unknown key 'typ'"));
    CHECK(earlier.project.json_of("run.json").at("run").at("exit_code") == 4);
    CHECK(earlier.project.json_of("run.json").at("cells").empty());
  }
  SECTION("by its baseline") {
    CHECK(earlier.run({"--baseline", "gone.json"}).exit_code == 4);
    CHECK_THAT(error_of(earlier.project), Catch::Contains("gone.json"));
  }
  SECTION("for nothing was selected") {
    CHECK(earlier.run({"-k", "nothing"}).exit_code == 5);
    CHECK_THAT(error_of(earlier.project), Catch::Contains("-k 'nothing' removed the last 1 of 1 cell"));
  }
  SECTION("a dry run touches nothing") {
    CHECK(earlier.run({"-k", "nothing", "--dry-run"}).exit_code == 5);
    CHECK(earlier.project.json_of("run.json").at("run").at("exit_code") == 0);
  }
}

TEST_CASE("two reports for one file are refused", "[session]") {
  after_a_green_run const earlier;
  auto const result = earlier.project.run({"run", "--junit", "same", "--reporter", "json=same"});
  CHECK(result.exit_code == 4);
  CHECK_THAT(result.err, Catch::Contains("would both be written to same"));
}

TEST_CASE("a secret's path at which nothing stands is refused", "[session]") {
  after_a_green_run const earlier;
  auto const result = earlier.run({"--set", "secrets=[agents.desk.ulr]"});
  CHECK(result.exit_code == 4);
  CHECK_THAT(result.err, Catch::Contains("nothing stands at 'agents.desk.ulr'"));
  CHECK_THAT(result.err, Catch::Contains("did you mean 'agents.desk.url'?"));
}

TEST_CASE("what a run warns of at its start stands in its reports too, once", "[session]") {
  recording_agent const agent;
  session_project const project(1, agent.url());
  for (std::string const name : {"Bare", "Bald"})
    project.folder().write("scenarios/" + name + ".yaml",
                           "name: " + name + "\nobjective: o\nscript: [hello]\n");
  auto const result = project.run({"run", "ba", "--html", "run.html"});
  CHECK(result.exit_code == 0);
  std::string const warning = "cell 'scenarios/bald@pat' and 1 more have no criteria";
  CHECK(count_of(result.err, warning) == 1);
  CHECK(count_of(result.out, warning) == 1);
  CHECK_THAT(project.read("run.html"), Catch::Contains("and 1 more have no criteria"));
  CHECK_THAT(project.read(".parley/runs/latest/events.jsonl"), Catch::Contains("\"run_warned\""));
}
