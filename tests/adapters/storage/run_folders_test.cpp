#include "adapters/storage/run_folders.hpp"

#include "adapters/storage/journal_ends.hpp"
#include "adapters/storage/journal_file.hpp"
#include "adapters/storage/run_directory.hpp"
#include "runner/run/run_event.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sample_run_record.hpp"
#include "tests/support/temporary_folder.hpp"

#include <array>
#include <filesystem>
#include <fstream>

using namespace parley;
namespace fs = std::filesystem;

namespace {

template <class Event>
void append(journal_file& journal, Event event) {
  std::array<run_event, 1> const one{run_event{std::move(event)}};
  REQUIRE(journal.append(one).has_value());
}

}  // namespace

TEST_CASE("Runs are folders with a journal; links and everything else are told apart") {
  test::temporary_folder const folder;
  auto const root = folder.path().string();
  CHECK(find_run_folders(root).runs.empty());
  folder.write(".parley/runs/b/events.jsonl", "{}\n");
  folder.write(".parley/runs/a/events.jsonl", "{}\n");
  folder.write(".parley/runs/notes/todo.txt", "x");
  folder.write("elsewhere/events.jsonl", "{}\n");
  fs::create_directory_symlink(folder.path() / "elsewhere", folder.path() / ".parley/runs/c");
  fs::create_directory(folder.path() / ".parley/runs/d");
  fs::create_symlink(folder.path() / "elsewhere/events.jsonl", folder.path() / ".parley/runs/d/events.jsonl");
  mark_latest(root, runs_folder(root) + "/b");
  auto const found = find_run_folders(root);
  REQUIRE(found.runs.size() == 2);
  CHECK(found.runs[0].name == "a");
  CHECK_FALSE(found.runs[0].latest);
  CHECK(found.runs[1].latest);
  CHECK(found.others == std::vector<std::string>{"c", "d", "notes"});
}

TEST_CASE("A run is deleted with what is in it, and nothing behind a link") {
  test::temporary_folder const folder;
  folder.write("run/events.jsonl", "{}\n");
  folder.write("run/transcripts/a.txt", std::string(10'000, 'x'));
  folder.write("kept/important.txt", "x");
  fs::create_directory_symlink(folder.path() / "kept", folder.path() / "run/transcripts/link");
  auto const run = (folder.path() / "run").string();
  CHECK(bytes_on_disk(run) >= 10'000);
  CHECK(bytes_on_disk(run) < 100'000);
  REQUIRE(delete_run_folder(run).has_value());
  CHECK_FALSE(fs::exists(run));
  CHECK(fs::exists(folder.path() / "kept/important.txt"));
}

TEST_CASE("The ends of a journal say what was planned and whether the run ended") {
  test::temporary_folder const folder;
  auto const path = (folder.path() / "events.jsonl").string();
  auto const run = test::sample_run_record();
  auto journal = journal_file::create(path);
  REQUIRE(journal.has_value());
  CHECK_FALSE(lock_journal(path));  // being written
  append(**journal, run_started{run.facts, test::sample_plan(run)});
  auto const begun = read_journal_ends(path);
  REQUIRE(begun.has_value());
  CHECK(begun->facts.id == run.facts.id);
  CHECK(begun->plan.cells.size() == run.cells.size());
  CHECK_FALSE(begun->ended_in_order);
  append(**journal, run_finished{run.finished_at, run.wall, 0, {}, false});
  CHECK(read_journal_ends(path)->ended_in_order);
  journal->reset();
  CHECK(lock_journal(path));
  fs::resize_file(path, fs::file_size(path) - 1);
  CHECK_FALSE(read_journal_ends(path)->ended_in_order);  // torn
  std::ofstream(path) << "{}\n";
  CHECK(read_journal_ends(path).error().detail.find("does not begin like a run's journal") !=
        std::string::npos);
}
