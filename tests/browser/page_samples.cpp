// Writes the pages that the browser tests look at.
//
//   page_samples FOLDER                        the samples
//   page_samples FILE.html CELLS TRIALS TURNS  one page of this size
#include "reports/history_entry.hpp"
#include "reports/html_page.hpp"
#include "reports/trend_page.hpp"
#include "runner/statistics/measure_run.hpp"
#include "runner/statistics/regression_verdict.hpp"
#include "tests/browser/generated_run.hpp"
#include "tests/support/sample_run_record.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

using namespace parley;

namespace {

namespace fs = std::filesystem;

class folder_of_page : public report_folder {
 public:
  explicit folder_of_page(fs::path const& page) : path_(fs::path(page).replace_extension(".files")) {}
  std::string name() const override { return path_.filename().string(); }
  std::unique_ptr<std::ostream> open(std::string const& file) override {
    fs::create_directories(path_);
    return std::make_unique<std::ofstream>(path_ / file, std::ios::binary);
  }

 private:
  fs::path path_;
};

void write_page(fs::path const& path, run_record const& run, report_options options = {}) {
  if (path.has_parent_path()) fs::create_directories(path.parent_path());
  folder_of_page beside(path);
  options.beside = &beside;
  std::ofstream out(path, std::ios::binary);
  write_html(run, options, out);
}

// Text that tries to become markup, wherever a report puts text.
std::string attack(int number) {
  std::string const call = "window.attacked=" + std::to_string(number);
  return "</script><script>" + call + "</script><!-- <img src=x onerror=\"" + call +
         "\"> --> \"'><svg onload=" + call + "> javascript:" + call + " \xe2\x80\xa8" + call +
         "\xe2\x80\xa9 ${" + call + "} \xe2\x80\xae \x1b[31m";
}

class hostile_details : public trial_details {
 public:
  std::shared_ptr<trial_detail const> load(cell_id const&, trial_record const&) const override {
    auto detail = std::make_shared<trial_detail>(test::failed_detail());
    for (auto& said : detail->conversation.messages) said.content = attack(1);
    detail->judged.checks.front().expected = attack(2);
    detail->judged.checks.front().evidence = attack(3);
    detail->judged.nl_assertions.push_back({attack(4), verdict::not_met, attack(1), attack(5)});
    detail->conversation.notes.push_back(attack(6));
    return detail;
  }
};

run_record hostile_run() {
  auto run = test::generated_run({3, 2, 2});
  for (auto& record : run.cells) {
    auto planned = std::make_shared<cell>(*record.planned);
    auto used = std::make_shared<scenario>(*planned->scenario_used);
    used->name += attack(7);
    used->versions.back().objective = attack(8);
    planned->scenario_used = used;
    planned->tags[attack(9)] = attack(10);
    planned->id.value += attack(11);
    planned->description = attack(12);
    record.planned = planned;
    for (auto& trial : record.trials) trial.outcome = outcome_class::failed;
    settle(record);
  }
  run.facts.command.push_back(attack(13));
  run.warnings.push_back(attack(14));
  run.details = std::make_shared<hostile_details>();
  return run;
}

// The night before: the same cells, of which every conversation went well but for those of one that failed
// then too, with an older agent and an older version of one scenario.
run_record night_before(run_record const& run) {
  run_record before = run;
  before.facts.id = run_id("20261119-020000-1f9a3e");
  before.facts.versions["support"] = "2026.11.18";
  bool known = false;
  for (auto& record : before.cells) {
    auto planned = std::make_shared<cell>(*record.planned);
    if (planned->scenario_used->name == "Damaged teapot") {
      auto older = std::make_shared<scenario>(*planned->scenario_used);
      older->versions.back().number = 2;
      older->versions.back().instructions = "Accept a voucher.";
      older->versions.back().digest = std::string(64, '2');
      planned->scenario_used = older;
    }
    record.planned = planned;
    bool const failed_then = !known && record.outcome == cell_outcome::failed && !record.planned->quarantine;
    known = known || failed_then;
    if (failed_then) continue;
    for (auto& trial : record.trials) trial.outcome = outcome_class::passed;
    settle(record);
  }
  return before;
}

run_record compared_run() {
  auto run = test::generated_run({40, 12, 6});
  auto const before = night_before(run);
  run.against = std::make_shared<comparison const>(compare_runs(measure_run(before), measure_run(run), {}));
  return run;
}

// Fifty nights: a bad week in the middle, slower and dearer since.
std::vector<history_entry> fifty_nights(run_record const& last) {
  std::vector<history_entry> nights;
  for (int night = 50; night > 0; --night) {
    auto entry = history_entry_of(last);
    entry.id = "night-" + std::to_string(night);
    entry.started_at -= std::chrono::days(night);
    bool const bad = night > 18 && night < 26;
    int const failed = bad ? 9 + night % 4 : night % 9 == 0 ? 1 : 0;
    entry.counts = {};
    entry.counts.failed = failed;
    entry.counts.flaky = 2 + night % 3;
    entry.counts.passed = 40 - failed - entry.counts.flaky;
    entry.failed = failed * 4 + night % 5;
    entry.passed = 200 - entry.failed;
    entry.exit_code = failed > 0 ? 1 : 0;
    entry.verdict = failed > 0 ? "FAILED" : "PASSED";
    entry.wall = std::chrono::seconds(180 + night % 7 * 9 + (night < 26 ? 60 : 0));
    entry.cost = 0.21 + night % 5 * 0.01 + (night < 26 ? 0.08 : 0);
    if (!bad)
      std::erase_if(entry.not_passed, [&](auto const& one) {
        return (one.first.size() + static_cast<std::size_t>(night)) % 3 != 0;
      });
    nights.push_back(std::move(entry));
  }
  return nights;
}

void write_trend_sample(fs::path const& path) {
  auto const run = test::generated_run({40, 5, 6});
  report_options options;
  options.history = std::make_shared<std::vector<history_entry> const>(fifty_nights(run));
  std::ofstream out(path, std::ios::binary);
  write_trend(run, options, out);
}

int write_samples(fs::path const& folder) {
  fs::create_directories(folder);
  write_page(folder / "night.html", test::generated_run({40, 5, 6}));
  write_page(folder / "everything.html", test::sample_run_record());
  write_page(folder / "hostile.html", hostile_run());
  write_page(folder / "compared.html", compared_run());
  write_trend_sample(folder / "trend.html");
  report_options moved;
  moved.most_embedded = 60'000;
  write_page(folder / "moved.html", test::generated_run({40, 5, 6}), moved);
  fs::create_directories(folder / "alone");  // without what stands beside it
  fs::copy_file(folder / "moved.html", folder / "alone/moved.html", fs::copy_options::overwrite_existing);
  report_options separate;
  separate.separate_assets = true;
  write_page(folder / "separate #1: 100%.html", test::generated_run({12, 3, 4}), separate);
  return 0;
}

}  // namespace

int main(int count, char** words) {
  if (count == 2) return write_samples(words[1]);
  if (count != 5) {
    std::cerr << "usage: page_samples FOLDER | FILE.html CELLS TRIALS TURNS\n";
    return 4;
  }
  write_page(words[1], test::generated_run({std::atoi(words[2]), std::atoi(words[3]), std::atoi(words[4])}));
  return 0;
}
