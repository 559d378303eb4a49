// The runs a project keeps: listed, pruned, exported, and read back from the archive by every command.
#include "tests/end_to_end/session_project.hpp"
#include "tests/support/catch.hpp"

#include <signal.h>

#include <fstream>
#include <set>

using namespace parley::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

struct kept_runs {
  kept_runs() : project(2, agent.url()) {}

  fs::path runs() const { return project.folder().path() / ".parley/runs"; }
  std::string run(std::vector<std::string> flags = {}) const {
    flags.insert(flags.begin(), {"run", "-q"});
    project.run(flags);
    return fs::read_symlink(runs() / "latest").string();
  }
  json listed() const {
    return json::parse(project.run({"runs", "list", "--format", "json"}).out).at("runs");
  }
  std::set<std::string> names() const {
    std::set<std::string> found;
    for (auto const& entry : fs::directory_iterator(runs())) found.insert(entry.path().filename());
    return found;
  }

  mutable recording_agent agent;
  session_project project;
};

}  // namespace

TEST_CASE("runs list shows every run, what is being written and what cannot be read", "[session]") {
  kept_runs const kept;
  CHECK_THAT(kept.project.run({"runs", "list"}).out, Catch::Contains("yet: 'parley run' leaves one"));
  auto const first = kept.run({"--trials", "2"});
  fs::create_directory(kept.runs() / "broken");
  std::ofstream(kept.runs() / "broken/events.jsonl") << "no journal\n";
  fs::create_directory(kept.runs() / "notes");
  auto& agent = kept.agent;
  auto const before = agent.count();
  agent.hold_after(before + 1);
  child_process running(kept.project.command({"run", "-j", "1"}));
  agent.wait_for_requests(before + 2);
  kept.project.wait_for_events("trial_started", 1);
  auto const runs = kept.listed();
  auto const text = kept.project.run({"runs", "list", "-v"});
  auto const ids = kept.project.run({"runs", "list", "--format", "ids"});
  ::kill(running.id(), SIGKILL);
  running.wait();
  agent.release();
  INFO(text.out << text.err);
  CHECK(text.exit_code == 0);
  REQUIRE(runs.size() == 3);
  CHECK(runs[0].at("being_written") == true);
  CHECK(runs[0].at("latest") == true);
  CHECK(runs[1].at("id") == first);
  CHECK(runs[1].at("being_written") == false);
  CHECK(runs[1].at("exit_code") == 0);
  CHECK(runs[1].at("most_trials") == 2);
  CHECK(runs[1].at("counts").at("passed") == 2);
  CHECK(runs[2].at("id") == "broken");
  CHECK_THAT(text.out, Catch::Contains("being written: 2 not run"));
  CHECK_THAT(text.out, Catch::Contains("PASSED (exit 0): 2 passed"));
  CHECK_THAT(text.out, Catch::Contains("2 x 2"));
  CHECK_THAT(text.out, Catch::Contains("cannot be read"));
  CHECK_THAT(text.err, Catch::Contains("notes holds no run"));
  CHECK_THAT(ids.out, Catch::EndsWith(first + "\n"));
  auto const after = kept.project.run({"runs", "list"});
  CHECK_THAT(after.out, Catch::Contains("INCOMPLETE (exit 6): 2 not run; cut off, --resume finishes it"));
}

TEST_CASE("runs prune says what goes, and leaves what must stay", "[session]") {
  kept_runs const kept;
  auto const first = kept.run();
  auto const second = kept.run();
  auto const last = kept.run();
  auto const outside = kept.project.folder().path() / "outside";
  fs::create_directory(outside);
  std::ofstream(outside / "events.jsonl") << "kept\n";
  fs::create_directory_symlink(outside, kept.runs() / "0-link");
  fs::create_directory(kept.runs() / "notes");
  auto const before = kept.names();
  auto const none = kept.project.run({"runs", "prune"});
  CHECK(none.exit_code == 4);
  CHECK_THAT(none.err, Catch::Contains("--keep N"));
  auto const told = kept.project.run({"runs", "prune", "--keep", "0", "--dry-run"});
  INFO(told.out << told.err);
  CHECK(told.exit_code == 0);
  CHECK_THAT(told.out, Catch::Contains(last + "  stays: it is the latest"));
  CHECK_THAT(told.out, Catch::Contains("2 runs of 3, "));
  CHECK(kept.names() == before);
  auto const one = kept.project.run({"runs", "prune", "--keep", "2"});
  CHECK_THAT(one.out, Catch::Contains(first + "  deleted: just now"));
  auto const rest = kept.project.run({"runs", "prune", "--older-than", "0s"});
  INFO(rest.out << rest.err);
  CHECK_THAT(rest.out, Catch::Contains(second + "  deleted"));
  CHECK(kept.names() == std::set<std::string>{"0-link", "latest", "notes", last});
  CHECK(fs::exists(outside / "events.jsonl"));
  CHECK(kept.project.run({"report", "latest"}).exit_code == 0);
}

TEST_CASE("an exported run is taken by every command that takes a run", "[session]") {
  kept_runs const kept;
  auto const id = kept.run({"--trials", "2", "--shard", "1/1"});
  auto const out = kept.project.folder().path() / "out/night.tar.gz";
  auto const done = kept.project.run({"runs", "export", "latest", "-o", "out/night.tar.gz"});
  INFO(done.out << done.err);
  REQUIRE(done.exit_code == 0);
  CHECK_THAT(done.out, Catch::StartsWith("out/night.tar.gz: run " + id + ", 1 file, "));
  fs::remove_all(kept.runs());
  std::map<std::string, std::string> const private_place{
      {"TMPDIR", (kept.project.folder().path() / "tmp").string()}};
  fs::create_directory(kept.project.folder().path() / "tmp");
  auto const run = [&](std::vector<std::string> const& arguments) {
    auto const result = kept.project.run(arguments, private_place);
    INFO(result.out << result.err);
    CHECK(result.exit_code == 0);
    CHECK(fs::is_empty(kept.project.folder().path() / "tmp"));  // nothing stays behind
    return result;
  };
  CHECK_THAT(run({"report", "out/night.tar.gz", "--reporter", "json=again.json"}).out,
             Catch::Contains("2 passed"));
  CHECK(kept.project.json_of("again.json").at("run").at("id") == id);
  CHECK_FALSE(kept.project.json_of("again.json").at("cells")[0].at("trials")[0].at("transcript").empty());
  run({"run", "-q"});
  run({"compare", "out/night.tar.gz", "latest"});
  run({"baseline", "update", "out/night.tar.gz"});
  run({"merge", "out/night.tar.gz", "-o", "merged"});
  run({"list", "--ff", "--from", "out/night.tar.gz"});
  run({"show", "out/night.tar.gz"});
  CHECK(fs::exists(kept.project.folder().path() / "out/night.html"));
  auto const resumed = kept.project.run({"run", "--resume", "out/night.tar.gz"});
  CHECK(resumed.exit_code == 4);
  CHECK_THAT(resumed.err, Catch::Contains("unpack"));
  auto const again = kept.project.run({"runs", "export", "out/night.tar.gz"});
  CHECK(again.exit_code == 4);
  CHECK_THAT(again.err, Catch::Contains("exported archive already"));
}

TEST_CASE("a run whose folder is the project is not exported with it", "[session]") {
  kept_runs const kept;
  kept.run({"--output-dir", ".", "--shard", "1/1"});
  auto const refused = kept.project.run({"runs", "export", "."});
  CHECK(refused.exit_code == 4);
  CHECK_THAT(refused.err, Catch::Contains("holds the project beside the run"));
  CHECK(kept.project.run({"merge", ".", "-o", "alone"}).exit_code == 0);
  CHECK(kept.project.run({"runs", "export", "alone"}).exit_code == 0);
}
