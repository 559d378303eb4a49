// One conversation of a recorded run: printed, and held again by the recorded seed against the agent of now.
#include "tests/end_to_end/session_project.hpp"
#include "tests/end_to_end/session_secrets.hpp"
#include "tests/support/catch.hpp"

using namespace parley::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

// Of one cell's trials, from the journal of the latest run.
std::map<int, std::uint64_t> seeds_of(session_project const& project, std::string const& cell) {
  std::map<int, std::uint64_t> seeds;
  for (auto const& line : json_lines(read_text(project.journal())))
    if (line.at("event") == "trial_finished" && line.at("cell") == cell)
      seeds[line.at("trial").get<int>()] = line.at("seed").get<std::uint64_t>();
  return seeds;
}

}  // namespace

TEST_CASE("replay prints one conversation of a run", "[session]") {
  recording_agent agent;
  session_project const project(3, agent.url());
  project.run({"run", "-q", "--trials", "2"});
  auto const before = agent.count();
  auto const recorded = fs::read_symlink(project.folder().path() / ".parley/runs/latest").string();
  auto const shown = project.run({"replay", "latest", "talk-2", "--trial", "2"});
  INFO(shown.out << shown.err);
  CHECK(shown.exit_code == 0);
  CHECK_THAT(shown.out, Catch::StartsWith("scenarios/talk-2@pat, trial 2: passed\n"));
  CHECK_THAT(shown.out, Catch::Contains("user  | Talk 2 opens"));
  CHECK_THAT(shown.out, Catch::Contains("agent | Well."));
  CHECK_THAT(shown.out, Catch::Contains("other trials: 1 passed; --trial N shows one"));
  CHECK_THAT(shown.out,
             Catch::Contains("again: parley replay " + recorded + " scenarios/talk-2@pat --trial 2 --again"));
  CHECK_THAT(project.run({"replay", "latest", "talk-2", "-q"}).out, !Catch::Contains("again:"));
  CHECK(agent.count() == before);
  auto const many = project.run({"replay", "latest", "talk"});
  CHECK(many.exit_code == 4);
  CHECK_THAT(many.err, Catch::Contains("'talk' fits 3 cells"));
  auto const none = project.run({"replay", "latest", "tlak-2@pat"});
  CHECK(none.exit_code == 4);
  CHECK_THAT(none.err, Catch::Contains("did you mean 'scenarios/talk-2@pat'?"));
  CHECK(project.run({"replay", "latest", "talk-2", "--trial", "3"}).exit_code == 4);
  CHECK(project.run({"replay", "2020", "talk-2"}).exit_code == 4);
}

TEST_CASE("replay --again holds a recorded cell with its texts and seeds against the agent of now",
          "[session]") {
  recording_agent first;
  session_project const project(3, first.url());
  project.run({"run", "-q", "--trials", "3", "--seed", "77"});
  auto const recorded_seeds = seeds_of(project, "scenarios/talk-2@pat");
  REQUIRE(recorded_seeds.size() == 3);
  auto const recorded = fs::read_symlink(project.folder().path() / ".parley/runs/latest").string();
  recording_agent second;
  project.folder().write("parley.yaml", "agents:\n  desk: {type: http, url: \"" + second.url() + "\"}\n");
  fs::remove(project.folder().path() / "scenarios/talk-2.yaml");  // its texts come from the recording
  auto const before = first.count();
  SECTION("all its trials") {
    auto const again = project.run(
        {"replay", recorded, "talk-2", "--again", "--reporter", "json=again.json", "--junit", "x.xml"});
    INFO(again.out << again.err);
    CHECK(again.exit_code == 0);
    CHECK_THAT(again.err, Catch::Contains("3 conversations in 1 unit test"));
    CHECK_THAT(again.last_line(), Catch::StartsWith("PASSED (exit 0): 1 passed"));
    auto const report = project.json_of("again.json");
    CHECK(report.at("run").at("seed") == 77);
    CHECK(report.at("run").at("id") != recorded);
    CHECK(report.at("cells").size() == 1);
    CHECK(seeds_of(project, "scenarios/talk-2@pat") == recorded_seeds);
    CHECK(second.count() == 6);
    CHECK(fs::exists(project.folder().path() / "x.xml"));
  }
  SECTION("one trial of it") {
    auto const again = project.run(
        {"replay", recorded, "talk-2", "--trial", "3", "--again", "--reporter", "json=again.json"});
    INFO(again.out << again.err);
    CHECK(again.exit_code == 0);
    auto const seeds = seeds_of(project, "scenarios/talk-2@pat");
    REQUIRE(seeds.size() == 1);
    CHECK(seeds.at(3) == recorded_seeds.at(3));
    CHECK(second.count() == 2);
    CHECK_THAT(project.run({"replay", "latest", "talk-2"}).out,
               Catch::StartsWith("scenarios/talk-2@pat, trial 3"));
    CHECK(project.run({"replay", recorded, "talk-2", "--trial", "4", "--again"}).exit_code == 4);
  }
  SECTION("another agent") {
    recording_agent third([](json const&) {
      http_response refused;
      refused.status = 500;
      return refused;
    });
    auto const again = project.run({"replay", recorded, "talk-1", "--again", "--agent-url", third.url()});
    INFO(again.out << again.err);
    CHECK(again.exit_code == 6);
    CHECK(third.count() > 0);
    CHECK(second.count() == 0);
  }
  SECTION("from an exported archive") {
    project.run({"runs", "export", recorded, "-o", "night.tar.gz"});
    fs::remove_all(project.folder().path() / ".parley");
    auto const again = project.run({"replay", "night.tar.gz", "talk-3", "--again"});
    INFO(again.out << again.err);
    CHECK(again.exit_code == 0);
    CHECK(second.count() == 6);
  }
  SECTION("an agent that is no longer there") {
    project.folder().write("parley.yaml", "agents:\n  other: {type: http, url: \"" + second.url() + "\"}\n");
    auto const gone = project.run({"replay", recorded, "talk-1", "--again"});
    INFO(gone.out << gone.err);
    CHECK(gone.exit_code == 4);
    CHECK_THAT(gone.err, Catch::Contains("desk"));
    CHECK(project.run({"replay", recorded, "talk-1", "--again", "--agent", "other"}).exit_code == 0);
  }
  CHECK(first.count() == before);
}

TEST_CASE("replay shows no secret, and says the real ones to the agent again", "[session]") {
  secret_project const of;
  of.run({"run"});
  auto const id = json::parse(of.run({"list", "--format", "json"}).out);
  auto const name = (id.is_array() ? id : id.at("cells")).at(0).at("id").get<std::string>();
  check_silent(of, of.run({"replay", "latest", name, "-vv"}));
  check_silent(of, of.project.run({"replay", "latest", name}));
  check_silent(of, of.run({"replay", "latest", name, "--again", "-vv", "--show-transcript", "all"}));
  of.check_agent_was_given_them();
}
