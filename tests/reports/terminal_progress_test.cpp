#include "reports/terminal_progress.hpp"

#include "reports/list_report.hpp"
#include "reports/listener_fanout.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/memory_journal.hpp"
#include "tests/support/sample_run_record.hpp"

#include <sstream>

using namespace parley;
using namespace std::chrono_literals;

namespace {

class watched_run {
 public:
  explicit watched_run(progress_style style, bool only_bad = false, std::vector<std::string> secrets = {})
      : run_(test::sample_run_record()), progress_(out_, settings(style, only_bad, std::move(secrets))) {}

  void start() { progress_.on_event({run_started{run_.facts, test::sample_plan(run_)}}); }
  void begin_trial(std::size_t cell, std::shared_ptr<trial_detail const> so_far = nullptr) {
    progress_.on_event({trial_started{run_.cells[cell].planned, 1, 1, std::move(so_far)}});
  }
  void end_cell(std::size_t cell) {
    for (auto const& trial : run_.cells[cell].trials) {
      auto record = trial;
      record.detail = run_.details->load(run_.cells[cell].planned->id, trial);
      progress_.on_event({trial_finished{run_.cells[cell].planned, record, false}});
    }
    progress_.on_event({cell_finished{run_.cells[cell]}});
  }
  void end() { progress_.on_event({run_finished{run_.finished_at, run_.wall, 0, {}}}); }
  void pass(std::chrono::seconds time) {
    now_ += time;
    progress_.on_tick();
  }
  terminal_progress& progress() { return progress_; }
  std::string take() {
    auto text = out_.str();
    out_.str("");
    return text;
  }

 private:
  progress_settings settings(progress_style style, bool only_bad, std::vector<std::string> secrets) {
    progress_settings chosen;
    chosen.mask = redaction(std::move(secrets));
    chosen.style = style;
    chosen.only_bad = only_bad;
    chosen.columns = 50;
    chosen.now = [this] { return now_; };
    return chosen;
  }

  std::ostringstream out_;
  std::chrono::steady_clock::time_point now_{1000s};
  run_record run_;
  terminal_progress progress_;
};

}  // namespace

TEST_CASE("Elsewhere than on a terminal every finished cell is a line") {
  watched_run run(progress_style::lines);
  run.start();
  run.end_cell(0);
  CHECK(run.take() == "[ 1/10] PASS  refunds/late-delivery-refund@calm-regular 1.2s\n");
  run.end_cell(1);
  CHECK(run.take() ==
        "[ 2/10] FAIL  refunds/late-delivery-refund@angry-regular 1m05s  "
        "2/5 trials passed, need 4: mentions \"refund id\"\n");
  run.end_cell(2);
  CHECK(run.take() == "[ 3/10] ERROR refunds/lost-parcel@angry-regular 2m00s  no whole reply within 60s\n");
}

TEST_CASE("With -q only what is bad is a line") {
  watched_run run(progress_style::lines, true);
  run.start();
  run.end_cell(0);
  CHECK(run.take().empty());
  run.end_cell(2);
  CHECK(run.take().starts_with("[ 2/10] ERROR"));
}

TEST_CASE("When nothing has finished for half a minute a line says that the run is alive") {
  watched_run run(progress_style::lines);
  run.start();
  run.begin_trial(0);
  run.pass(29s);
  CHECK(run.take().empty());
  run.pass(1s);
  CHECK(run.take() ==
        "[ 0/10] still running after 30.0s: 1 conversation, the longest "
        "refunds/late-delivery-refund@calm-regular for 30.0s\n");
  run.pass(29s);
  CHECK(run.take().empty());
  run.pass(1s);
  CHECK_FALSE(run.take().empty());
  run.end_cell(0);
  run.take();
  run.end();
  run.pass(60s);
  CHECK(run.take().empty());
}

TEST_CASE("A bar is drawn in place, bad cells stand above it, and it is gone at the end") {
  watched_run run(progress_style::bar);
  run.start();
  run.begin_trial(1);
  run.pass(2s);
  CHECK(run.take() ==
        "━━━━━━━━━━━━━━━━━━━━━━━━  0/10  2.0s\n    2.0s  refunds/late-delivery-refund@angry-reg…\n");
  run.end_cell(1);
  auto const after = run.take();
  CHECK(
      after.starts_with("\r\x1b[2A\x1b[0J"
                        "FAIL  refunds/late-delivery-refund@angry-regular"));
  CHECK(after.ends_with("1/10  1 failed  2.0s\n"));
  run.end_cell(0);
  CHECK(run.take().empty());
  run.end();
  CHECK(run.take() == "\r\x1b[1A\x1b[0J");
}

TEST_CASE("At most eight running conversations are shown") {
  watched_run run(progress_style::bar);
  run.start();
  for (std::size_t i = 0; i < 10; ++i) run.begin_trial(i);
  run.pass(1s);
  auto const text = run.take();
  CHECK(std::count(text.begin(), text.end(), '\n') == 10);
  CHECK(text.ends_with("and 2 more\n"));
}

message said(role from, int turn, std::string text) {
  message one;
  one.from = from;
  one.turn = turn;
  one.content = std::move(text);
  return one;
}

TEST_CASE("What runs is described with its last two turns, in every style") {
  auto const style = GENERATE(progress_style::none, progress_style::lines);
  watched_run run(style, false, {"hunter2hunter2"});
  run.start();
  auto const talk = std::make_shared<trial_detail>();
  run.begin_trial(1, talk);
  run.begin_trial(2, std::make_shared<trial_detail>());
  talk->conversation.messages = {said(role::user, 1, "Hello."), said(role::agent, 1, "Yes?"),
                                 said(role::user, 2, "My word is hunter2hunter2."),
                                 said(role::agent, 2, "\x1b[2JNoted."), said(role::user, 3, "And now?")};
  talk->conversation.interactions = 3;
  run.progress().describe_running();
  CHECK(run.take() ==
        "[ 0/10] after 0ms, running: 2 conversations\n"
        "     0ms  refunds/late-delivery-refund@angry-reg…\n"
        "           2 user  | My word is ***.\n"
        "           2 agent | \\x1b[2JNoted.\n"
        "           3 user  | And now?\n"
        "     0ms  refunds/lost-parcel@angry-regular\n"
        "        nothing said yet\n");
}

TEST_CASE("Of very many conversations the oldest twenty are described") {
  watched_run run(progress_style::lines);
  run.start();
  for (int i = 0; i < 25; ++i) run.begin_trial(static_cast<std::size_t>(i) % 10);
  run.progress().describe_running();
  auto const text = run.take();
  CHECK(std::count(text.begin(), text.end(), '\n') == 22);
  CHECK(text.ends_with("and 5 younger\n"));
}

TEST_CASE("Without progress nothing is written") {
  watched_run run(progress_style::none);
  run.start();
  run.end_cell(1);
  run.pass(60s);
  run.end();
  CHECK(run.take().empty());
}

TEST_CASE("The live list and the list of the finished run say the same") {
  auto const run = test::sample_run_record();
  for (bool const dots : {false, true}) {
    std::ostringstream live;
    auto const report = (dots ? follow_as_dots : follow_as_list)({}, live);
    report->on_event({run_started{run.facts, test::sample_plan(run)}});
    for (auto const& cell : run.cells) {
      for (auto trial : cell.trials) {
        trial.detail = run.details->load(cell.planned->id, trial);
        report->on_event({trial_finished{cell.planned, trial, false}});
      }
      report->on_event({cell_finished{cell}});
    }
    report->finish(run);
    std::ostringstream written;
    (dots ? write_dots : write_list)(run, {}, written);
    CHECK(live.str() == written.str());
  }
}

TEST_CASE("Every listener hears every event, in order") {
  auto const first = std::make_shared<test::collected_events>();
  auto const second = std::make_shared<test::collected_events>();
  listener_fanout all;
  all.add(first);
  all.add(second);
  all.on_event({run_warned{"a"}});
  all.on_event({run_warned{"b"}});
  REQUIRE(first->heard.size() == 2);
  REQUIRE(second->heard.size() == 2);
  CHECK(second->of<run_warned>()[1].text == "b");
}
