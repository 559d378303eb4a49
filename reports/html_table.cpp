#include "reports/html_table.hpp"

#include "reports/cell_summary.hpp"
#include "reports/compared_cells.hpp"
#include "reports/html_plot.hpp"
#include "reports/html_text.hpp"
#include "reports/time_text.hpp"
#include "runner/statistics/suite_reason.hpp"

#include <algorithm>
#include <ostream>

namespace parley {
namespace {

constexpr std::size_t many = 200;         // rows: those out of sight are not drawn
constexpr std::size_t most_letters = 20;  // of trials in one row

std::string words_of(std::string_view status) {
  std::string words(status);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

std::string class_of(trial_record const& trial) {
  char const letter = trial_letter(trial);
  return letter == '-' ? "t-n" : std::string("t-") + static_cast<char>(letter - 'A' + 'a');
}

// One letter a trial; its words are one text for those who cannot see it.
std::string trial_strip(cell_record const& cell) {
  std::string letters;
  std::string words;
  for (std::size_t i = 0; i < cell.trials.size(); ++i) {
    auto const& trial = cell.trials[i];
    if (i < most_letters) letters += "<i class=\"" + class_of(trial) + "\">" + trial_letter(trial) + "</i>";
    words += (i == 0 ? "" : ", ") + std::string(trial_word(trial));
  }
  if (cell.trials.empty()) return {};
  if (cell.trials.size() > most_letters) letters += "+" + std::to_string(cell.trials.size() - most_letters);
  return "<span class=\"strip\" role=\"img\" aria-label=\"trials: " + words + "\">" + letters + "</span>";
}

std::string rate_column(trial_counts const& counts) {
  int const decided = counts.passed + counts.failed;
  if (decided == 0) return "<span class=\"none\">no verdict</span>";
  double const rate = static_cast<double>(counts.passed) / decided;
  auto const interval = wilson_interval(counts.passed, decided);
  return "<span class=\"rate\">" + std::to_string(static_cast<int>(rate * 100 + 0.5)) +
         "%</span><span class=\"interval\" title=\"95% interval: " + rate_text(interval.low) + " to " +
         rate_text(interval.high) + "\">" + rate_plot(rate, interval) + "</span>";
}

std::string reason_in_row(run_record const& run, html_cell const& shown) {
  auto const& cell = *shown.cell;
  if (cell.planned->skip) return *cell.planned->skip;
  if (shown.status == "not_run") return not_run_text(run, cell);
  auto const* const main = main_trial(cell);
  if (main == nullptr) return {};
  return (main->outcome == outcome_class::failed ? "not met: " : "") + reason_of(run, cell, *main);
}

std::string link_to(cell const& planned) {
  std::string link = "#?t=";
  append_fragment(link, planned.id.value);
  return link;
}

// With a baseline not every cell that failed fails the run, and one that passed may.
std::string gate_note(html_cell const& shown, compared_cell const* compared) {
  if (compared == nullptr || (!compared->gates && shown.status != "failed")) return {};
  auto const word = html_text(to_text(compared->word));
  return compared->gates ? "<span class=\"gate\">fails the run: " + word + "</span>"
                         : "<span class=\"gate no\">does not fail the run: " + word + "</span>";
}

std::string name_column(run_record const& run, html_cell const& shown, compared_cell const* compared) {
  auto const& planned = *shown.cell->planned;
  auto text = "<a href=\"" + link_to(planned) + "\"><span class=\"scenario\">" +
              html_text(planned.scenario_used->name) + "</span> <span class=\"persona\">" +
              html_text(planned.persona_used->name) + "</span></a>";
  if (!planned.name.empty() && planned.name != planned.scenario_used->name)
    text += " <span class=\"variant\">" + html_text(planned.name) + "</span>";
  text += gate_note(shown, compared);
  auto const reason = reason_in_row(run, shown);
  if (!reason.empty()) text += "<span class=\"why\">" + html_text(reason) + "</span>";
  return text;
}

std::string row(run_record const& run, html_cell const& shown, compared_cell const* compared) {
  auto const& cell = *shown.cell;
  auto text = "<tr role=\"row\" class=\"s-" + std::string(shown.status) +
              "\" id=\"t:" + html_text(cell.planned->id.value) + "\"><td role=\"cell\" class=\"status\"><i>" +
              status_letter(shown.status) + "</i> <span>" + words_of(shown.status) +
              "</span></td><th role=\"rowheader\" scope=\"row\" class=\"name\" dir=\"auto\">" +
              name_column(run, shown, compared) + "</th><td role=\"cell\" class=\"set\">" +
              html_text(cell.planned->set) + "</td><td role=\"cell\" class=\"trials\">" + trial_strip(cell) +
              "</td><td role=\"cell\" class=\"rates\">";
  if (!cell.trials.empty()) text += rate_column(count_trials(cell));
  text += "</td><td role=\"cell\" class=\"time\">";
  if (!cell.trials.empty()) text += short_duration(time_of(cell));
  return text + "</td></tr>\n";
}

bool repeats(std::vector<html_cell> const& cells) {
  return std::any_of(cells.begin(), cells.end(), [](auto const& shown) {
    return shown.cell->planned->trials > 1 || shown.cell->trials.size() > 1;
  });
}

}  // namespace

void write_html_table(run_record const& run, std::vector<html_cell> const& cells, std::ostream& out) {
  out << "<table role=\"table\" id=\"cells\" class=\"cells" << (repeats(cells) ? "" : " single")
      << (cells.size() > many ? " many" : "")
      << "\" aria-label=\"Unit tests\">\n<thead role=\"rowgroup\"><tr role=\"row\">"
         "<th role=\"columnheader\" scope=\"col\" class=\"status\">Status</th>"
         "<th role=\"columnheader\" scope=\"col\" class=\"name\">Scenario and persona</th>"
         "<th role=\"columnheader\" scope=\"col\" class=\"set\">Set</th>"
         "<th role=\"columnheader\" scope=\"col\" class=\"trials\">Trials</th>"
         "<th role=\"columnheader\" scope=\"col\" class=\"rates\">Pass rate</th>"
         "<th role=\"columnheader\" scope=\"col\" class=\"time\">Time</th>"
         "</tr></thead>\n<tbody role=\"rowgroup\">\n";
  compared_cells const compared(run);
  for (auto const& shown : cells) out << row(run, shown, compared.find(shown.cell->planned->id));
  out << "</tbody>\n</table>\n";
}

}  // namespace parley
