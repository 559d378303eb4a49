#include "reports/html_comparison.hpp"

#include "reports/html_changes.hpp"
#include "reports/html_plot.hpp"
#include "reports/html_text.hpp"
#include "runner/amount_text.hpp"
#include "runner/statistics/comparison.hpp"
#include "runner/statistics/suite_reason.hpp"

#include <array>
#include <unordered_map>

namespace parley {
namespace {

struct word_style {
  cell_word word;
  std::string_view sign;  // beside the word: never a colour alone
};

// In the order in which they deserve a look; `unchanged` cells are only counted.
constexpr std::array<word_style, 8> shown_words{{{cell_word::new_fail, "▼"},
                                                 {cell_word::worse, "▼"},
                                                 {cell_word::added, "+"},
                                                 {cell_word::inconclusive, "?"},
                                                 {cell_word::worse_within_noise, "▽"},
                                                 {cell_word::fixed, "▲"},
                                                 {cell_word::better, "▲"},
                                                 {cell_word::removed, "−"}}};

std::string side_text(std::optional<compared_side> const& side) {
  if (!side) return "-";
  if (side->decided() == 0) return "no verdict";
  return std::to_string(side->passed) + "/" + std::to_string(side->decided()) + " " +
         rate_text(*side->rate());
}

std::optional<plotted_rate> plotted(std::optional<compared_side> const& side) {
  if (!side || !side->interval || !side->rate()) return std::nullopt;
  return plotted_rate{*side->rate(), *side->interval};
}

class comparison_writer {
 public:
  comparison_writer(comparison const& against, std::vector<html_cell> const& cells) : against_(against) {
    for (auto const& shown : cells) names_.emplace(shown.cell->planned->id.value, shown.cell->planned.get());
  }

  std::string write() const {
    auto text = "<section id=\"compare\" class=\"compare" + std::string(against_.gates ? " gates" : "") +
                "\" aria-labelledby=\"compare-title\">\n<h2 id=\"compare-title\">Against the baseline " +
                html_text(base_name()) + "</h2>\n";
    text += "<p class=\"suite\"><strong>" + html_text(to_text(against_.word)) + "</strong> " +
            html_text(against_.reason) + "</p>\n";
    text += suite_line() + tables() + changes();
    for (auto const& warning : against_.warnings)
      text += "<p class=\"none\">" + html_text(warning) + "</p>\n";
    return text + "</section>\n";
  }

 private:
  std::string base_name() const {
    return against_.base.name.empty() ? against_.base.from : against_.base.name;
  }

  std::string suite_line() const {
    auto const& suite = against_.suite;
    if (suite.pairs == 0) return {};
    return "<p class=\"suite-rate\">Over " + trials_text(suite) + ": " + rate_text(suite.base_rate) +
           " then, " + rate_text(suite.head_rate) + " now; difference " + points_text(suite.difference) +
           ", between " + points_text(suite.interval.low) + " and " + points_text(suite.interval.high) +
           ". " + difference_plot(suite.difference, suite.interval) + "</p>\n";
  }

  // What gates stands open; the rest waits to be asked for.
  std::string tables() const {
    std::string gating;
    std::string others;
    std::string counted;
    int rest = 0;
    for (auto const& style : shown_words) {
      int here = 0;
      for (auto const& cell : against_.cells) {
        if (cell.word != style.word) continue;
        (cell.gates ? gating : others) += row(cell, style);
        here += cell.gates ? 0 : 1;
      }
      rest += here;
      if (here > 0)
        counted +=
            (counted.empty() ? "" : ", ") + std::to_string(here) + " " + std::string(to_text(style.word));
    }
    std::string text;
    if (!gating.empty()) text += table(gating, "Unit tests that got worse");
    if (rest > 0)
      text += "<details" + std::string(gating.empty() && rest <= 20 ? " open" : "") + "><summary>" + counted +
              "</summary>\n" + table(others, "Other unit tests that changed") + "</details>\n";
    return text + "<p class=\"none\">" + std::to_string(against_.count(cell_word::unchanged)) +
           " unchanged</p>\n";
  }

  // The roles stay when a narrow screen makes blocks of the rows.
  static std::string table(std::string const& rows, std::string const& name) {
    std::string head;
    for (auto const* const column : {"Change", "Scenario and persona", "Then", "Now",
                                     "<span class=\"unseen\">Plot: then above now</span>", "Corrected p"})
      head += "<th role=\"columnheader\" scope=\"col\">" + std::string(column) + "</th>";
    return "<div class=\"scroller\" tabindex=\"0\" role=\"region\" aria-label=\"" + name +
           "\"><table role=\"table\" class=\"compared\"><thead role=\"rowgroup\"><tr role=\"row\">" + head +
           "</tr></thead><tbody role=\"rowgroup\">\n" + rows + "</tbody></table></div>\n";
  }

  static std::string labelled(std::string_view label, std::string const& value) {
    return "<td role=\"cell\"" + (value.empty() ? "" : " data-label=\"" + std::string(label) + "\"") + ">" +
           value + "</td>";
  }

  std::string row(compared_cell const& cell, word_style const& style) const {
    auto const word = html_text(to_text(cell.word));
    return "<tr role=\"row\" class=\"w-" + word +
           "\"><td role=\"cell\" class=\"word\"><i aria-hidden=\"true\">" + std::string(style.sign) +
           "</i> " + word + (cell.quarantined ? " (quarantined)" : "") +
           "</td><th role=\"rowheader\" scope=\"row\" dir=\"auto\">" + name_of(cell) + "</th>" +
           labelled("Then", side_text(cell.base)) + labelled("Now", side_text(cell.head)) +
           "<td role=\"cell\" class=\"plot\">" + two_rates_plot(plotted(cell.base), plotted(cell.head)) +
           "</td>" + labelled("Corrected p", cell.corrected_p ? chance_text(*cell.corrected_p) : "") +
           "</tr>\n";
  }

  std::string name_of(compared_cell const& cell) const {
    auto const known = names_.find(cell.id.value);
    std::string text;
    if (known == names_.end()) {
      text = html_text(cell.id.value);
    } else {
      text = "<a href=\"#?t=";
      append_fragment(text, cell.id.value);
      text += "\"><span class=\"scenario\">" + html_text(known->second->scenario_used->name) +
              "</span> <span class=\"persona\">" + html_text(known->second->persona_used->name) +
              "</span></a>";
    }
    if (!cell.note.empty()) text += "<span class=\"note\">" + html_text(cell.note) + "</span>";
    for (auto const place : cell.changes)
      if (place < against_.changes.size()) text += change_note(against_.changes[place]);
    return text;
  }

  static std::string change_note(changed_input const& change) {
    return "<span class=\"note\">changed: " + html_text(what_changed(change)) + "</span>";
  }

  std::string changes() const {
    if (against_.changes.empty())
      return "<p class=\"none\">Nothing that Parley knows of changed since: the same versions and "
             "settings.</p>\n";
    return "<h3>What changed since</h3>\n" + html_changes(against_.changes);
  }

  comparison const& against_;
  std::unordered_map<std::string, cell const*> names_;
};

}  // namespace

std::string html_comparison(run_record const& run, std::vector<html_cell> const& cells) {
  return run.against ? comparison_writer(*run.against, cells).write() : std::string();
}

}  // namespace parley
