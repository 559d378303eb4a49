// Why did it turn red? Told without a baseline, from the runs that the project keeps, with the real program.
#include "tests/end_to_end/session_project.hpp"
#include "tests/support/catch.hpp"

#include <atomic>

using namespace parley::test;
using nlohmann::json;

namespace {

// Says what is wrong to the talks that are broken.
struct changing_desk {
  std::atomic<int> broken{0};
  recording_agent agent{[this](json const& step) {
    auto const content = step.at("content").get<std::string>();
    return agent_says(content == "Talk " + std::to_string(broken) + " opens" ? "This is wrong." : "Well.");
  }};
  session_project project{3, agent.url()};

  parley_result hold(std::vector<std::string> flags = {}) const {
    flags.insert(flags.begin(), {"run", "--reporter", "console", "--reporter", "json=run.json", "--reporter",
                                 "markdown=run.md", "--html", "run.html"});
    return project.run(flags);
  }
  json since() const { return project.json_of("run.json").value("changed_since", json()); }
  std::string latest() const {
    return std::filesystem::read_symlink(project.folder().path() / ".parley/runs/latest").string();
  }
  void edit(std::string const& objective) const {
    auto text = project.read("scenarios/talk-2.yaml");
    auto const at = text.find("objective: ");
    text.replace(at, text.find('\n', at) - at, "objective: " + objective);
    project.folder().write("scenarios/talk-2.yaml", text);
  }
};

}  // namespace

TEST_CASE("[changes] a cell that turned red says what changed since the run in which it passed") {
  changing_desk d;
  REQUIRE(d.hold().exit_code == 0);
  CHECK(d.since().is_null());  // green: nobody looks
  auto const green = d.latest();
  d.broken = 1;
  REQUIRE(d.hold().exit_code == 1);  // another cell is red: talk-2 passed here
  auto const half = d.latest();
  CHECK(d.since().at(0).at("run").at("name") == green);
  CHECK(d.since().at(0).at("changes").empty());
  d.broken = 2;
  d.edit("Talk loudly.");
  auto const red = d.hold();
  INFO(red.out << red.err);
  REQUIRE(red.exit_code == 1);
  CHECK_THAT(red.out, Catch::Contains("changed since they passed"));
  CHECK_THAT(red.out, Catch::Contains("since run " + half + ", which passed 1 of these:\n"));
  CHECK_THAT(red.out, Catch::Contains("changed scenario Talk 2  for 1 cell\n"));
  CHECK_THAT(red.out, Catch::Contains("| -objective: Talk.\n"));
  CHECK_THAT(red.out, Catch::Contains("| +objective: Talk loudly.\n"));
  REQUIRE(d.since().size() == 1);
  CHECK(d.since().at(0).at("run").at("name") == half);
  CHECK(d.since().at(0).at("cells").at(0).at("id") == "scenarios/talk-2@pat");
  CHECK_THAT(d.project.read("run.md"), Catch::Contains("+objective: Talk loudly.\n"));
  CHECK_THAT(d.project.read("run.html"), Catch::Contains("What changed since they passed"));

  auto const before = d.project.read("run.html");
  REQUIRE(d.project.run({"report", "--html", "again.html"}).exit_code == 0);
  CHECK(d.project.read("again.html") == before);
}

TEST_CASE("[changes] without the history the journals tell which run passed") {
  changing_desk d;
  REQUIRE(d.hold().exit_code == 0);
  auto const green = d.latest();
  std::filesystem::remove(d.project.folder().path() / ".parley/history.jsonl");
  d.broken = 3;
  auto const red = d.hold();
  CHECK(red.exit_code == 1);
  CHECK_THAT(red.out, Catch::Contains("nothing that Parley knows of changed since run " + green));
  REQUIRE(d.hold().exit_code == 1);
  CHECK(d.since().at(0).at("run").at("name") == green);  // not the red one between
}

TEST_CASE(
    "[changes] with a baseline only the baseline is told of; a cell that never passed has no such run") {
  changing_desk d;
  d.broken = 1;
  REQUIRE(d.hold().exit_code == 1);
  CHECK(d.since().is_null());
  REQUIRE(d.hold({"--baseline", "latest"}).exit_code == 0);
  CHECK(d.since().is_null());
}
