#include "adapters/storage/journal_file.hpp"

#include "adapters/storage/journal_contents.hpp"
#include "runner/run/run_event.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sample_run_record.hpp"
#include "tests/support/temporary_folder.hpp"

#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace parley;
using parley::test::temporary_folder;
namespace fs = std::filesystem;

namespace {

std::string file_in(temporary_folder const& folder, char const* name = "events.jsonl") {
  return (folder.path() / name).string();
}

std::string read(std::string const& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

void write(std::string const& path, std::string const& text) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

trial_finished ended(run_record const& run, std::size_t cell, trial_record trial) {
  auto const& planned = run.cells[cell].planned;
  trial.detail = run.details->load(planned->id, trial);
  return {planned, std::move(trial), false};
}

// Every event of the sample run, in the order of its cells.
std::vector<run_event> sample_events(run_record const& run) {
  std::vector<run_event> events{{run_started{run.facts, test::sample_plan(run)}}};
  for (auto const& warning : run.warnings) events.push_back({run_warned{warning}});
  for (std::size_t i = 0; i < run.cells.size(); ++i) {
    for (auto const& trial : run.cells[i].earlier) events.push_back({ended(run, i, trial)});
    for (auto const& trial : run.cells[i].trials) events.push_back({ended(run, i, trial)});
    events.push_back({cell_finished{run.cells[i]}});
  }
  events.push_back({run_finished{run.finished_at, run.wall, 0, {}}});
  return events;
}

std::unique_ptr<journal_file> created(std::string const& path) {
  auto journal = journal_file::create(path);
  REQUIRE(journal.has_value());
  return std::move(*journal);
}

void append(journal_file& journal, std::vector<run_event> const& events) {
  REQUIRE(journal.append(events).has_value());
}

journal_contents contents_of(std::string const& path) {
  auto contents = read_journal(path);
  INFO((contents ? "" : contents.error().detail));
  REQUIRE(contents.has_value());
  return std::move(*contents);
}

// One trial of one cell of the sample, with the class it ended in.
run_event attempt(run_record const& run, int trial, int number, outcome_class outcome,
                  std::string const& said) {
  trial_record record;
  record.trial = trial;
  record.attempt = number;
  record.outcome = outcome;
  record.started_at = run.facts.started_at + std::chrono::seconds(trial);
  auto detail = test::passed_detail();
  detail.conversation.messages.back().content = said;
  record.detail = std::make_shared<trial_detail const>(std::move(detail));
  return {trial_finished{run.cells[1].planned, record, false}};
}

std::string last_words(journal_contents const& contents, trial_record const& trial) {
  auto const& cell = contents.record.cells[1].planned->id;
  return contents.record.details->load(cell, trial)->conversation.messages.back().content;
}

}  // namespace

TEST_CASE("A run that was written is read back as it was, its transcripts one at a time") {
  temporary_folder const folder;
  auto const run = test::sample_run_record();
  auto journal = created(file_in(folder));
  append(*journal, sample_events(run));
  REQUIRE(journal->finish().has_value());

  auto const contents = contents_of(file_in(folder));
  CHECK(contents.record.complete);
  CHECK_FALSE(contents.torn);
  CHECK(contents.intact_bytes == fs::file_size(file_in(folder)));
  CHECK(contents.record.facts.id == run.facts.id);
  CHECK(contents.record.facts.seed == 7);
  CHECK(contents.record.wall == run.wall);
  CHECK(contents.record.finished_at == run.finished_at);
  CHECK(contents.record.warnings == run.warnings);
  CHECK(contents.plan->cells.size() == run.cells.size());
  REQUIRE(contents.record.cells.size() == run.cells.size());
  for (std::size_t i = 0; i < run.cells.size(); ++i) {
    auto const& was = run.cells[i];
    auto const& is = contents.record.cells[i];
    INFO(was.planned->id.value);
    CHECK(is.planned->id == was.planned->id);
    CHECK(is.outcome == was.outcome);
    CHECK(is.flaky == was.flaky);
    REQUIRE(is.trials.size() == was.trials.size());
    CHECK(is.earlier.size() == was.earlier.size());
    for (std::size_t k = 0; k < was.trials.size(); ++k) {
      CHECK(is.trials[k].outcome == was.trials[k].outcome);
      CHECK_FALSE(is.trials[k].detail);
      auto const detail = contents.record.details->load(is.planned->id, is.trials[k]);
      auto const before = run.details->load(was.planned->id, was.trials[k]);
      CHECK(detail->conversation.messages.size() == before->conversation.messages.size());
      CHECK(detail->judged.checks.size() == before->judged.checks.size());
    }
  }
}

TEST_CASE("The journal that is being written gives back what it took") {
  temporary_folder const folder;
  auto const run = test::sample_run_record();
  auto journal = created(file_in(folder));
  auto const details = journal->details();
  for (auto const& event : sample_events(run)) append(*journal, {event});
  auto const& cell = run.cells[1];
  auto const detail = details->load(cell.planned->id, cell.trials[1]);
  CHECK(detail->conversation.messages.back().content == "I cannot help with that.");
  journal.reset();
  CHECK(details->load(cell.planned->id, cell.trials[1])->conversation.messages.size() == 6);
}

TEST_CASE("An attempt that nobody recorded is an empty transcript with a note") {
  temporary_folder const folder;
  auto const run = test::sample_run_record();
  auto journal = created(file_in(folder));
  append(*journal, sample_events(run));
  trial_record unknown;
  unknown.trial = 99;
  auto const detail = journal->details()->load(run.cells[0].planned->id, unknown);
  CHECK(detail->conversation.messages.empty());
  CHECK(detail->conversation.notes.size() == 1);
}

TEST_CASE("Every line has its checksum, and the file may be read by all but written by its owner alone") {
  temporary_folder const folder;
  auto journal = created(file_in(folder));
  append(*journal, {{run_warned{"x"}}});
  CHECK(read(file_in(folder)) == "{\"v\":1,\"crc\":\"ea5aa87e\",\"event\":\"run_warned\",\"text\":\"x\"}\n");
  struct stat status {};
  REQUIRE(::stat(file_in(folder).c_str(), &status) == 0);
  CHECK((status.st_mode & 0133U) == 0);
}

TEST_CASE("A journal is never overwritten, and has one writer at a time") {
  temporary_folder const folder;
  auto const run = test::sample_run_record();
  auto journal = created(file_in(folder));
  append(*journal, sample_events(run));
  CHECK_FALSE(journal_file::create(file_in(folder)).has_value());
  auto const contents = contents_of(file_in(folder));
  auto const second = journal_file::resume(file_in(folder), contents);
  REQUIRE_FALSE(second.has_value());
  CHECK(second.error().detail.find("another parley") != std::string::npos);
  journal.reset();
  CHECK(journal_file::resume(file_in(folder), contents).has_value());
}

TEST_CASE("Killed at any byte of its last record, a journal keeps all records before it") {
  temporary_folder const folder;
  auto const run = test::sample_run_record();
  {
    auto journal = created(file_in(folder));
    append(*journal, {{run_started{run.facts, test::sample_plan(run)}}});
    append(*journal, {attempt(run, 1, 1, outcome_class::passed, "first")});
  }
  auto const before = read(file_in(folder));
  {
    auto const contents = contents_of(file_in(folder));
    auto journal = journal_file::resume(file_in(folder), contents);
    REQUIRE(journal.has_value());
    append(**journal, {attempt(run, 2, 1, outcome_class::passed, "second")});
  }
  auto const whole = read(file_in(folder));
  for (std::size_t length = before.size(); length < whole.size(); ++length) {
    write(file_in(folder), whole.substr(0, length));
    auto const contents = contents_of(file_in(folder));
    INFO(length);
    CHECK(contents.torn == (length > before.size()));
    CHECK(contents.intact_bytes == before.size());
    CHECK_FALSE(contents.record.complete);
    REQUIRE(contents.record.cells[1].trials.size() == 1);
    if (length % 97 != 0) continue;
    // Resuming cuts the tail off and goes on behind it.
    auto journal = journal_file::resume(file_in(folder), contents);
    REQUIRE(journal.has_value());
    append(**journal, {attempt(run, 2, 1, outcome_class::passed, "again")});
    auto const healed = contents_of(file_in(folder));
    CHECK_FALSE(healed.torn);
    CHECK(healed.record.cells[1].trials.size() == 2);
    CHECK(last_words(healed, healed.record.cells[1].trials[1]) == "again");
  }
}

TEST_CASE("A last record with any byte changed is dropped") {
  temporary_folder const folder;
  auto const run = test::sample_run_record();
  {
    auto journal = created(file_in(folder));
    append(*journal, {{run_started{run.facts, test::sample_plan(run)}}, {run_warned{"changed"}}});
  }
  auto const whole = read(file_in(folder));
  auto const last = whole.rfind('\n', whole.size() - 2) + 1;
  for (std::size_t at = last; at + 1 < whole.size(); ++at) {
    if (at == last + 5) continue;  // the version's digit: an intact record of another release
    auto changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 4);
    write(file_in(folder), changed);
    auto const contents = contents_of(file_in(folder));
    INFO(at);
    CHECK(contents.torn);
    CHECK(contents.record.warnings.empty());
  }
}

TEST_CASE("An intact record of a later version is an error that says so") {
  temporary_folder const folder;
  {
    auto journal = created(file_in(folder));
    append(*journal, {{run_warned{"x"}}});
  }
  auto text = read(file_in(folder));
  text[5] = '2';
  write(file_in(folder), text);
  CHECK(read_journal(file_in(folder)).error().detail.find(":1: written by a newer parley") !=
        std::string::npos);
}

TEST_CASE("A damaged record with others behind it is an error that names the line") {
  temporary_folder const folder;
  auto const run = test::sample_run_record();
  {
    auto journal = created(file_in(folder));
    append(*journal, sample_events(run));
  }
  auto text = read(file_in(folder));
  auto const second = text.find('\n') + 1;
  text[second + 40] = static_cast<char>(text[second + 40] ^ 1);
  write(file_in(folder), text);
  auto const contents = read_journal(file_in(folder));
  REQUIRE_FALSE(contents.has_value());
  CHECK(contents.error().detail.starts_with(file_in(folder) + ":2: this record is damaged"));
}

TEST_CASE("A journal without a run, or no journal at all, is an error that says so") {
  temporary_folder const folder;
  CHECK(read_journal(file_in(folder)).error().detail.find("No such file") != std::string::npos);
  write(file_in(folder), "");
  CHECK(read_journal(file_in(folder)).error().detail.find("holds no run") != std::string::npos);
  write(file_in(folder), "{\"v\":1,\"crc\":");
  CHECK(read_journal(file_in(folder)).error().detail.find("holds no run") != std::string::npos);
}

TEST_CASE("A resumed run goes on in the same file, and replaces what was cancelled or over budget") {
  temporary_folder const folder;
  auto run = test::sample_run_record();
  {
    auto journal = created(file_in(folder));
    append(*journal, {{run_started{run.facts, test::sample_plan(run)}}, {run_warned{"twice"}}});
    append(*journal, {attempt(run, 1, 1, outcome_class::passed, "kept")});
    append(*journal, {attempt(run, 2, 1, outcome_class::agent_error, "errored first")});
    append(*journal, {attempt(run, 2, 2, outcome_class::cancelled, "cut")});
    append(*journal, {attempt(run, 3, 1, outcome_class::budget_exhausted, "")});
    append(*journal, {attempt(run, 4, 1, outcome_class::agent_error, "errored")});
    append(*journal, {{run_finished{run.facts.started_at, std::chrono::seconds(10), 2, {}}}});
  }
  auto const first = contents_of(file_in(folder));
  CHECK(first.record.interrupted_by == 2);
  {
    auto journal = journal_file::resume(file_in(folder), first);
    REQUIRE(journal.has_value());
    run.facts.fail_on_flaky = true;
    append(**journal, {{run_started{run.facts, test::sample_plan(run)}}, {run_warned{"twice"}}});
    append(**journal, {attempt(run, 2, 1, outcome_class::failed, "held again")});
    append(**journal, {attempt(run, 3, 1, outcome_class::passed, "third")});
    append(**journal, {attempt(run, 4, 2, outcome_class::passed, "retried")});
    append(**journal, {attempt(run, 5, 1, outcome_class::passed, "fifth")});
    append(**journal, {{run_finished{run.finished_at, std::chrono::seconds(20), 0, {}}}});
    CHECK((*journal)
              ->details()
              ->load(run.cells[1].planned->id, first.record.cells[1].trials[0])
              ->conversation.messages.back()
              .content == "kept");
  }
  auto const contents = contents_of(file_in(folder));
  auto const& record = contents.record;
  CHECK(record.complete);
  CHECK(record.interrupted_by == 0);
  CHECK(record.wall == std::chrono::seconds(30));
  CHECK(record.facts.fail_on_flaky);
  CHECK(record.warnings == std::vector<std::string>{"twice"});
  auto const& trials = record.cells[1].trials;
  REQUIRE(trials.size() == 5);
  CHECK(last_words(contents, trials[0]) == "kept");
  CHECK(last_words(contents, trials[1]) == "held again");
  CHECK(last_words(contents, trials[2]) == "third");
  CHECK(last_words(contents, trials[3]) == "retried");
  REQUIRE(record.cells[1].earlier.size() == 1);  // of trial 4: trial 2 was held again from its start
  CHECK(record.cells[1].earlier[0].trial == 4);
  CHECK(record.cells[1].outcome == cell_outcome::passed);
}

TEST_CASE("A journal of two runs, or with a trial of no cell, is an error that names the line") {
  temporary_folder const folder;
  auto run = test::sample_run_record();
  auto journal = created(file_in(folder));
  append(*journal, {{run_started{run.facts, test::sample_plan(run)}}});
  run.facts.id = run_id("another");
  append(*journal, {{run_started{run.facts, test::sample_plan(run)}}});
  CHECK(read_journal(file_in(folder)).error().detail.find(":2: another run") != std::string::npos);

  auto other = created(file_in(folder, "other.jsonl"));
  append(*other, {{run_started{run.facts, std::make_shared<run_plan>()}},
                  attempt(run, 1, 1, outcome_class::passed, "")});
  CHECK(read_journal(file_in(folder, "other.jsonl")).error().detail.find(":2: the plan has no cell") !=
        std::string::npos);
}

TEST_CASE("When the disk is full the journal ends with its last whole record") {
  temporary_folder const folder;
  auto const run = test::sample_run_record();
  auto journal = created(file_in(folder));
  append(*journal, {{run_started{run.facts, test::sample_plan(run)}}});
  auto const size = fs::file_size(file_in(folder));

  std::signal(SIGXFSZ, SIG_IGN);
  struct rlimit before {};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
  struct rlimit tight = before;
  tight.rlim_cur = size + 100;
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &tight) == 0);
  std::vector<run_event> const events{attempt(run, 1, 1, outcome_class::passed, "too much")};
  auto const written = journal->append(events);
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
  std::signal(SIGXFSZ, SIG_DFL);

  REQUIRE_FALSE(written.has_value());
  CHECK(fs::file_size(file_in(folder)) == size);
  REQUIRE(journal->append(events).has_value());
  CHECK(contents_of(file_in(folder)).record.cells[1].trials.size() == 1);
}

TEST_CASE("Secrets in texts of the plan and in warnings do not reach the journal") {
  temporary_folder const folder;
  auto run = test::sample_run_record();
  run.facts.command.push_back("--set=agents.a.token=canary-4711");
  auto journal =
      journal_file::create(file_in(folder), redaction({"canary-4711", "Get a refund for order 4411."}));
  REQUIRE(journal.has_value());
  append(**journal, {{run_started{run.facts, test::sample_plan(run)}},
                     {run_warned{"url http://x/?k=canary-4711"}},
                     {run_finished{run.finished_at, run.wall, 0, {"bug near canary-4711"}}}});
  auto const text = read(file_in(folder));
  CHECK(text.find("canary") == std::string::npos);
  CHECK(text.find("order 4411") == std::string::npos);
  CHECK(contents_of(file_in(folder)).record.warnings[0] == "url http://x/?k=***");
}

TEST_CASE("A journal of many trials is read in little memory") {
  temporary_folder const folder;
  auto run = test::sample_run_record();
  {
    auto journal = created(file_in(folder));
    append(*journal, {{run_started{run.facts, test::sample_plan(run)}}});
    std::vector<run_event> batch;
    for (int trial = 1; trial <= 3000; ++trial)
      batch.push_back(attempt(run, trial, 1, outcome_class::passed, std::string(20'000, 'x')));
    append(*journal, batch);
  }
  auto const peak = [] {
    struct rusage usage {};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;  // KiB
  };
  auto const before = peak();
  auto const contents = contents_of(file_in(folder));
  CHECK(contents.record.cells[1].trials.size() == 3000);
  CHECK(peak() - before < 20'000);
  CHECK(last_words(contents, contents.record.cells[1].trials[2999]).size() == 20'000);
}
