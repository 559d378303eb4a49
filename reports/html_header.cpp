#include "reports/html_header.hpp"

#include "reports/html_text.hpp"
#include "reports/remedies.hpp"
#include "reports/shell_text.hpp"
#include "reports/spending_text.hpp"
#include "reports/time_text.hpp"
#include "runner/amount_text.hpp"
#include "runner/run/run_verdict.hpp"
#include "runner/statistics/comparison.hpp"
#include "runner/statistics/pass_rate.hpp"

#include <algorithm>
#include <array>

namespace parley {
namespace {

constexpr std::size_t commit_digits = 12;  // enough to find it by

struct counter {
  int count;
  std::string_view status;  // as the filter knows it
  std::string_view words;
  char letter;
};

std::array<counter, 7> counters_of(run_counts const& counts) {
  return {{{counts.failed, "failed", "failed", 'F'},
           {counts.errored, "errored", "errored", 'E'},
           {counts.flaky, "flaky", "flaky", '~'},
           {counts.quarantined, "quarantined", "quarantined", 'Q'},
           {counts.not_run, "not_run", "not run", '-'},
           {counts.passed, "passed", "passed", 'P'},
           {counts.skipped, "skipped", "skipped", 'S'}}};
}

std::string counters_html(run_counts const& counts) {
  std::string text = "<nav class=\"counters\" aria-label=\"Unit tests by status\">\n";
  for (auto const& one : counters_of(counts)) {
    if (one.count == 0 && one.status != "failed" && one.status != "passed") continue;
    text += "<a class=\"s-" + std::string(one.status) + (one.count == 0 ? " zero" : "") +
            "\" href=\"#?q=s:" + std::string(one.status) + "\"><i aria-hidden=\"true\">" + one.letter +
            "</i> <b>" + std::to_string(one.count) + "</b> " + std::string(one.words) + "</a>\n";
  }
  return text + "</nav>\n";
}

// How the counters share the whole, as a bar.
std::string share_bar(run_counts const& counts) {
  if (counts.total() == 0) return {};
  std::string text =
      "<svg class=\"shares\" viewBox=\"0 0 1000 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\">";
  int before = 0;
  for (auto const& one : counters_of(counts)) {
    int const from = before * 1000 / counts.total();
    before += one.count;
    int const to = before * 1000 / counts.total();
    if (one.count > 0)
      text += "<rect class=\"s-" + std::string(one.status) + "\" x=\"" + std::to_string(from) +
              "\" width=\"" + std::to_string(std::max(2, to - from)) + "\" height=\"8\"/>";
  }
  return text + "</svg>\n";
}

std::string date_text(wall_time at) {
  auto text = junit_timestamp(at);
  std::replace(text.begin(), text.end(), 'T', ' ');
  return text + " UTC";
}

void add_fact(std::string& out, std::string_view name, std::string const& value) {
  if (value.empty()) return;
  out += "<div><dt>" + std::string(name) + "</dt><dd>";
  append_html(out, value);
  out += "</dd></div>\n";
}

std::string trials_fact(run_record const& run) {
  int held = 0;
  for (auto const& cell : run.cells)
    held += static_cast<int>(std::count_if(cell.trials.begin(), cell.trials.end(), [](auto const& trial) {
      return !counts_as_not_run(trial.outcome);
    }));
  return std::to_string(held);
}

std::string pass_rate_fact(run_record const& run) {
  std::string text;
  auto const rates = pass_rates(run);
  for (auto const& rate : rates) {
    if (rate.k != 1 && rate.k != static_cast<int>(rates.size())) continue;
    auto const tenths = static_cast<int>(rate.all_pass * 1000 + 0.5);
    text += (text.empty() ? "" : ", pass^" + std::to_string(rate.k) + " ") + std::to_string(tenths / 10) +
            "." + std::to_string(tenths % 10) + "%";
  }
  return text;
}

void add_spending(std::string& out, party_spending const& used) {
  if (used.empty()) return;
  if (auto const cost = used.total().cost) add_fact(out, "Cost", cost_text(*cost));
  if (!used.agent.empty()) add_fact(out, "Agent tokens", spending_text(used.agent));
  if (!used.user.empty()) add_fact(out, "User tokens", spending_text(used.user));
  if (!used.judge.empty()) add_fact(out, "Judge tokens", spending_text(used.judge));
}

std::string facts_html(run_record const& run) {
  auto const& facts = run.facts;
  std::string out = "<dl class=\"facts\">\n";
  add_fact(out, "Started", date_text(facts.started_at));
  add_fact(out, "Took", short_duration(run.wall));
  add_fact(out, "Conversations", trials_fact(run));
  add_fact(out, "Pass rate", pass_rate_fact(run));
  for (auto const& [name, version] : facts.versions) {
    if (name == "commit") {
      add_fact(out, "Commit", version.substr(0, commit_digits));
    } else if (name != "parley") {
      add_fact(out, "Agent", name + " " + version);
    }
  }
  add_fact(out, "Seed", std::to_string(facts.seed));
  add_fact(out, "Shard", facts.shard);
  if (!facts.merged_from.empty())
    add_fact(out, "Shards", std::to_string(facts.merged_from.size()) + " merged");
  add_spending(out, spending_of(run));
  auto const parley = facts.versions.find("parley");
  if (parley != facts.versions.end()) add_fact(out, "Parley", parley->second);
  return out + "</dl>\n";
}

std::string command_html(run_record const& run) {
  if (run.facts.command.empty()) return {};
  auto const command = html_text(shell_text(run.facts.command));
  return "<div class=\"command\"><span>Held with</span> <code>" + command + "</code></div>\n";
}

// What stands between backquotes is code.
std::string marked_html(std::string_view line) {
  std::string text;
  for (;;) {
    auto const begin = line.find('`');
    auto const end = begin == line.npos ? begin : line.find('`', begin + 1);
    if (end == line.npos) return text + html_text(line);
    text += html_text(line.substr(0, begin)) + "<code>" + html_text(line.substr(begin + 1, end - begin - 1)) +
            "</code>";
    line.remove_prefix(end + 1);
  }
}

std::string list_html(std::vector<std::string> const& lines, bool marked) {
  std::string text = "<ul>\n";
  for (auto const& line : lines) text += "<li>" + (marked ? marked_html(line) : html_text(line)) + "</li>\n";
  return text + "</ul>\n";
}

std::string counts_sentence(run_counts const& counts) {
  auto const of_all = " of " + counted(counts.total(), "unit test");
  int const open = counts.errored + counts.not_run;
  if (counts.total() == 0) return "Nothing was selected";
  if (counts.failed > 0) return std::to_string(counts.failed) + of_all + " failed";
  if (open > 0) return std::to_string(open) + of_all + (open == 1 ? " has no verdict" : " have no verdict");
  if (counts.flaky > 0)
    return "Nothing failed; " + std::to_string(counts.flaky) + of_all + (counts.flaky == 1 ? " is" : " are") +
           " flaky";
  if (counts.passed == counts.total())
    return (counts.total() == 1 ? "The unit test" : "All " + counted(counts.total(), "unit test")) +
           " passed";
  return std::to_string(counts.passed) + of_all + " passed, nothing failed";
}

}  // namespace

std::string verdict_sentence(run_record const& run) {
  auto const text = counts_sentence(count_cells(run));
  if (!run.against) return text;
  auto const words = comparison_words(*run.against);
  auto const comma = std::min(words.find(','), words.size());
  auto const against = words.substr(0, comma) + " against the baseline" + words.substr(comma);
  auto const judged = judge_run(run);
  bool const forgiven = judged.exit_code == 0 && judged.counts.failed > 0;  // "PASSED" needs its reason first
  return forgiven ? "Nothing gates, " + against + ", though " + text : text + "; " + against;
}

std::string html_header(run_record const& run, report_options const& options) {
  auto const judged = judge_run(run);
  int const code = options.exit_code.value_or(judged.exit_code);
  std::string word(headline(code));
  std::string text =
      "<header class=\"top\">\n<div class=\"bar\"><span class=\"brand\">Parley</span> "
      "<span class=\"run-id\">" +
      html_text(run.facts.id.value) + "</span><span class=\"tools\"></span></div>\n";
  text += "<h1 class=\"verdict exit-" + std::to_string(code) + "\"><span class=\"word\">" + word +
          "</span> <span class=\"sentence\">" + html_text(verdict_sentence(run)) + "</span></h1>\n";
  text += counters_html(judged.counts) + share_bar(judged.counts) + facts_html(run) + command_html(run);
  return text + "</header>\n";
}

std::string html_notices(run_record const& run) {
  auto const judged = judge_run(run);
  std::vector<std::string> warnings;
  if (!run.complete) warnings.emplace_back("This run did not end in order: the page is partial.");
  if (run.interrupted_by != 0) warnings.emplace_back("This run was interrupted: the page is partial.");
  for (auto const& error : run.internal_errors) warnings.push_back("Internal error: " + error);
  warnings.insert(warnings.end(), run.warnings.begin(), run.warnings.end());
  if (!judged.warning.empty()) warnings.push_back(judged.warning);
  auto const remedies = remedies_for(run);
  std::string text;
  if (!remedies.empty())
    text +=
        "<section class=\"notice todo\"><h2>What to do</h2>\n" + list_html(remedies, true) + "</section>\n";
  if (!warnings.empty())
    text += "<section class=\"notice warnings\"><h2>Warnings</h2>\n" + list_html(warnings, false) +
            "</section>\n";
  return text;
}

}  // namespace parley
