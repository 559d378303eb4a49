// `--show-transcript`: which conversations a run and a report print, whatever came of them.
#include "tests/end_to_end/session_project.hpp"
#include "tests/support/catch.hpp"

using namespace parley::test;
using nlohmann::json;

namespace {

// Talk 1 passes, of Talk 2 the agent says what it must not.
struct mixed_talks {
  mixed_talks()
      : agent([](json const& step) {
          http_response answer;
          answer.status = 200;
          bool const wrong = step.dump().find("Talk 2") != std::string::npos;
          answer.body = json{{"messages", {{{"content", wrong ? "Forbidden." : "Well."}}}}}.dump();
          return answer;
        }),
        project(2, agent.url()) {
    project.folder().write("tests/suite.yaml",
                           "tests:\n"
                           "  - scenario: Talk 1\n"
                           "    persona: Pat\n"
                           "  - scenario: Talk 2\n"
                           "    persona: Pat\n"
                           "    criteria: {checks: [{not_contains: Forbidden}]}\n");
  }

  recording_agent agent;
  session_project project;
};

bool shows(parley_result const& result, std::string const& line) {
  return result.out.find("user  | " + line) != std::string::npos;
}

}  // namespace

// The turn that a failed criterion points at stands beside it in any case; the whole conversation does not.
TEST_CASE("the transcripts of no, of bad or of all conversations are printed", "[session]") {
  mixed_talks const of;
  struct expectation {
    std::vector<std::string> flags;
    bool passed;
    bool failed;
  };
  for (auto const& [flags, passed, failed] :
       std::vector<expectation>{{{}, false, true},
                                {{"--show-transcript", "never"}, false, false},
                                {{"--show-transcript", "fail"}, false, true},
                                {{"--show-transcript=all"}, true, true}}) {
    for (auto const* command : {"run", "report"}) {
      std::vector<std::string> arguments{command};
      arguments.insert(arguments.end(), flags.begin(), flags.end());
      auto const result = of.project.run(arguments);
      INFO(json(arguments).dump() << '\n' << result.out << result.err);
      CHECK(result.exit_code == (arguments.front() == "run" ? 1 : 0));
      CHECK(shows(result, "Talk 1 ends") == passed);
      CHECK(shows(result, "Talk 2 ends") == failed);
    }
  }
  auto const refused = of.project.run({"run", "--show-transcript", "some"});
  CHECK(refused.exit_code == 4);
  CHECK_THAT(refused.err, Catch::Contains("expected never, fail or all"));
}

TEST_CASE("a file and a line select what stands there", "[session]") {
  mixed_talks const of;
  auto const ids = [&](std::string const& positional) {
    auto const listed = of.project.run({"list", "--format", "ids", positional});
    INFO(listed.err);
    return listed.out;
  };
  CHECK(ids("tests/suite.yaml:2") == "suite/talk-1@pat\n");
  CHECK(ids("tests/suite.yaml:3") == "suite/talk-1@pat\n");
  CHECK(ids("tests/suite.yaml:6") == "suite/talk-2@pat\n");
  CHECK(ids("scenarios/talk-1.yaml:1") == "suite/talk-1@pat\n");
  CHECK(ids("scenarios/talk-2.yaml:3") == "suite/talk-2@pat\n");
  auto const held = of.project.run({"run", "tests/suite.yaml:3", "--reporter", "json=run.json"});
  INFO(held.out << held.err);
  CHECK(held.exit_code == 0);
  CHECK(of.project.json_of("run.json").at("cells").size() == 1);
  CHECK(of.project.run({"run", "tests/suite.yaml:x"}).exit_code == 4);
  CHECK(of.project.run({"run", "tests/none.yaml:3"}).exit_code == 4);
}
