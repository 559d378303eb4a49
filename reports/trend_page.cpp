#include "reports/trend_page.hpp"

#include "reports/history_entry.hpp"
#include "reports/html_cells.hpp"
#include "reports/html_text.hpp"
#include "reports/page_assets.hpp"
#include "reports/spending_text.hpp"
#include "reports/time_text.hpp"
#include "reports/trend_charts.hpp"
#include "runner/amount_text.hpp"
#include "runner/statistics/suite_reason.hpp"

#include <algorithm>
#include <map>
#include <ostream>
#include <span>

namespace parley {
namespace {

constexpr std::size_t most_runs = 120;       // in the charts
constexpr std::size_t most_strip_runs = 24;  // in the letters of a unit test
constexpr std::size_t most_cells = 50;
constexpr std::size_t commit_digits = 12;  // enough to find it by

std::vector<history_entry> runs_to_show(run_record const& run, report_options const& options) {
  std::vector<history_entry> runs;
  if (options.history) runs = *options.history;
  std::erase_if(runs, [&](auto const& entry) { return entry.id == run.facts.id.value; });
  auto const now = history_entry_of(run);
  auto const later = [&](history_entry const& entry) { return entry.started_at > now.started_at; };
  runs.insert(std::find_if(runs.begin(), runs.end(), later), now);
  leave_out_parts(runs);
  if (runs.size() > most_runs) runs.erase(runs.begin(), runs.end() - most_runs);
  return runs;
}

std::string date_of(history_entry const& run) {
  auto text = junit_timestamp(run.started_at);
  std::replace(text.begin(), text.end(), 'T', ' ');
  return text;
}

std::string rate_of(history_entry const& run) {
  int const decided = run.passed + run.failed;
  return decided == 0 ? "no verdict" : rate_text(static_cast<double>(run.passed) / decided);
}

std::string versions_of(history_entry const& run) {
  std::string text;
  for (auto const& [name, version] : run.versions)
    if (name != "parley")
      text += (text.empty() ? "" : ", ") + name + " " +
              (name == "commit" ? version.substr(0, commit_digits) : version);
  return text;
}

std::string counts_of(run_counts const& counts) {
  std::string text = std::to_string(counts.failed) + " failed, ";
  if (counts.errored + counts.not_run > 0)
    text += std::to_string(counts.errored + counts.not_run) + " without a verdict, ";
  if (counts.flaky > 0) text += std::to_string(counts.flaky) + " flaky, ";
  return text + std::to_string(counts.passed) + " passed";
}

void write_run(history_entry const& run, std::ostream& out) {
  std::string const kind = run.exit_code == 0 ? "good" : run.exit_code == 1 ? "bad" : "open";
  out << "<tr><td class=\"when\">" << date_of(run) << "</td><td class=\"v-" << kind << "\">"
      << html_text(run.verdict) << "</td><td>" << rate_of(run) << "</td><td>" << counts_of(run.counts)
      << "</td><td>" << short_duration(run.wall) << "</td><td>" << (run.cost ? cost_text(*run.cost) : "")
      << "</td><td>" << html_text(versions_of(run)) << "</td><td><code>" << html_text(run.command)
      << "</code></td></tr>\n";
}

void write_runs(std::span<history_entry const> runs, std::ostream& out) {
  out << "<h2>Runs</h2>\n<div class=\"scroller\" tabindex=\"0\" role=\"region\" aria-label=\"Runs\"><table "
         "class=\"history\"><thead><tr>";
  for (auto const* const name :
       {"Started (UTC)", "Verdict", "Pass rate", "Unit tests", "Took", "Cost", "Versions", "Command"})
    out << "<th scope=\"col\">" << name << "</th>";
  out << "</tr></thead><tbody>\n";
  for (std::size_t i = runs.size(); i-- > 0;) write_run(runs[i], out);
  out << "</tbody></table></div>\n";
}

// What each unit test that did not always pass came to in the latest runs.
struct restless_cell {
  std::string id;
  std::size_t times = 0;
};

std::vector<restless_cell> restless_cells(std::span<history_entry const> runs) {
  std::map<std::string, std::size_t> times;
  for (auto const& run : runs)
    for (auto const& [id, word] : run.not_passed)
      if (word != "not_run") ++times[id];
  std::vector<restless_cell> cells;
  cells.reserve(times.size());
  for (auto const& [id, count] : times) cells.push_back({id, count});
  std::stable_sort(cells.begin(), cells.end(),
                   [](auto const& a, auto const& b) { return a.times > b.times; });
  if (cells.size() > most_cells) cells.resize(most_cells);
  return cells;
}

struct shown_result {
  std::string word;
  std::string letter;
  std::string kind;
};

shown_result result_of(std::string const& id, history_entry const& run) {
  auto const found = run.not_passed.find(id);
  if (found != run.not_passed.end())
    return {html_text(found->second), std::string(1, status_letter(found->second)),
            "s-" + html_text(found->second)};
  switch (presence_of(id, run)) {
    case cell_presence::held:
      return {"passed", "·", "t-n"};
    case cell_presence::left_out:
      return {"not in this run", "", "left-out"};
    case cell_presence::unknown:
      break;
  }
  return {"passed, or not in this run", "?", "t-n"};
}

std::string letters_of(std::string const& id, std::span<history_entry const> runs) {
  std::string letters;
  std::string words;
  for (auto const& run : runs) {
    auto const result = result_of(id, run);
    letters += "<i class=\"" + result.kind + "\" title=\"" + date_of(run) + ": " + result.word + "\">" +
               result.letter + "</i>";
    words += (words.empty() ? "" : ", ") + result.word;
  }
  return "<span class=\"strip\" role=\"img\" aria-label=\"oldest first: " + words + "\">" + letters +
         "</span>";
}

void write_restless(std::span<history_entry const> runs, std::ostream& out) {
  auto const latest = runs.last(std::min(runs.size(), most_strip_runs));
  auto const cells = restless_cells(latest);
  if (cells.empty()) return;
  out << "<h2>What did not pass, most often first</h2>\n<div class=\"scroller\" tabindex=\"0\" "
         "role=\"region\" "
         "aria-label=\"Unit tests that did not pass\"><table class=\"history\"><thead><tr><th "
         "scope=\"col\">Unit "
         "test</th><th scope=\"col\">Times</th><th scope=\"col\">The last "
      << counted(latest.size(), "run")
      << ", oldest first; · passed, empty: not held</th></tr></thead><tbody>\n";
  for (auto const& cell : cells)
    out << "<tr><th scope=\"row\"><code>" << html_text(cell.id) << "</code></th><td>" << cell.times
        << "</td><td>" << letters_of(cell.id, latest) << "</td></tr>\n";
  out << "</tbody></table></div>\n";
}

}  // namespace

void write_trend(run_record const& run, report_options const& options, std::ostream& out) {
  auto const runs = runs_to_show(run, options);
  out << "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '"
      << page_style().digest
      << "'; img-src data:; base-uri 'none'; form-action 'none'\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=\"color-scheme\" content=\"light dark\">\n<title>Parley: "
      << counted(runs.size(), "run") << "</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>"
      << page_style().text
      << "</style>\n</head>\n<body>\n<header class=\"top\"><div class=\"bar\"><span "
         "class=\"brand\">Parley</span></div>"
         "<h1 class=\"verdict\">"
      << counted(runs.size(), "run") << "</h1></header>\n<main class=\"trends\">\n"
      << pass_rate_chart(runs) << outcome_chart(runs) << duration_chart(runs) << cost_chart(runs);
  write_restless(runs, out);
  write_runs(runs, out);
  out << "</main>\n</body>\n</html>\n";
}

}  // namespace parley
