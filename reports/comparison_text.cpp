#include "reports/comparison_text.hpp"

#include "reports/changes_text.hpp"
#include "reports/safe_text.hpp"
#include "runner/statistics/suite_reason.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

namespace parley {
namespace {

constexpr std::size_t most_cells = 40;  // of one word

// What a reader must know first stands first. What is unchanged is only counted.
constexpr std::array shown_words{cell_word::new_fail,     cell_word::worse, cell_word::worse_within_noise,
                                 cell_word::inconclusive, cell_word::added, cell_word::removed,
                                 cell_word::fixed,        cell_word::better};

class comparison_writer {
 public:
  comparison_writer(comparison const& compared, terminal_style const& style)
      : compared_(compared), style_(style) {}

  std::string write() {
    for (cell_word const word : shown_words) write_cells(word);
    out_ += changes_text(compared_.changes, style_);
    write_warnings();
    write_counts();
    return std::move(out_);
  }

 private:
  std::string painted(cell_word word) const {
    std::string text(to_text(word));
    text.resize(to_text(cell_word::worse_within_noise).size(), ' ');
    if (word == cell_word::new_fail || word == cell_word::worse) return style_.bad(text);
    if (word == cell_word::fixed || word == cell_word::better) return style_.good(text);
    if (word == cell_word::worse_within_noise) return style_.warning(text);
    return style_.faint(text);
  }

  void write_cells(cell_word word) {
    std::size_t shown = 0;
    for (auto const& cell : compared_.cells) {
      if (cell.word != word) continue;
      if (++shown <= most_cells) write_cell(cell);
    }
    if (shown > most_cells)
      out_ += "  and " + std::to_string(shown - most_cells) + " more " + std::string(to_text(word)) + "\n";
  }

  void write_cell(compared_cell const& cell) {
    out_ += painted(cell.word) + " " + safe_line(cell.id.value);
    if (cell.quarantined) out_ += " " + style_.faint("(quarantined)");
    out_ += "  " + sides(cell) + "\n";
    if (auto const because = causes(cell); !because.empty()) out_ += "      " + because + "\n";
  }

  static std::string passed(compared_side const& side) {
    auto text = std::to_string(side.passed) + "/" + std::to_string(side.decided());
    if (side.without_verdict > 0)
      text += " and " + std::to_string(side.without_verdict) + " without a verdict";
    return text;
  }

  std::string sides(compared_cell const& cell) const {
    if (!cell.base)
      return passed(*cell.head) + "  " + style_.faint("(" + std::string(to_text(cell.head->outcome)) + ")");
    if (!cell.head) return passed(*cell.base) + "  " + style_.faint("(in the base)");
    auto text = passed(*cell.base) + " -> " + passed(*cell.head);
    std::string sure;
    if (cell.base->rate() && cell.head->rate())
      sure = rate_text(*cell.base->rate()) + " -> " + rate_text(*cell.head->rate()) + ", now " +
             rate_text(cell.head->interval->low) + " to " + rate_text(cell.head->interval->high);
    bool const fell = cell.word == cell_word::new_fail || cell.word == cell_word::worse ||
                      cell.word == cell_word::worse_within_noise;
    if (fell && cell.p) sure += ", p " + chance_text(*cell.p);
    if (fell && cell.corrected_p && *cell.corrected_p != *cell.p)
      sure += ", corrected " + chance_text(*cell.corrected_p);
    if (!cell.note.empty()) sure += (sure.empty() ? "" : "; ") + cell.note;
    return sure.empty() ? text : text + "  " + style_.faint("(" + sure + ")");
  }

  // Beside a cell that fell or rose, in one line; the differences themselves follow below.
  std::string causes(compared_cell const& cell) const {
    std::string text;
    for (std::size_t const at : cell.changes)
      text += (text.empty() ? "" : "; ") + change_line(compared_.changes[at]);
    return text.empty() ? text : style_.faint("changed: ") + text;
  }

  void write_warnings() {
    for (auto const& warning : compared_.warnings)
      out_ += "\n" + style_.warning("warning: ") + safe_line(warning) + "\n";
  }

  void write_counts() {
    std::string counts;
    auto const add = [&](cell_word word) {
      if (int const count = compared_.count(word); count > 0)
        counts += (counts.empty() ? "" : ", ") + std::to_string(count) + " " + std::string(to_text(word));
    };
    for (cell_word const word : shown_words) add(word);
    add(cell_word::unchanged);
    if (!out_.empty()) out_ += "\n";
    out_ += "compared with " + safe_line(compared_.base.name) + ": " +
            (counts.empty() ? "no cells" : counts) + "\n";
  }

  comparison const& compared_;
  terminal_style const& style_;
  std::string out_;
};

}  // namespace

std::string comparison_text(comparison const& compared, terminal_style const& style) {
  return comparison_writer(compared, style).write();
}

std::string comparison_line(comparison const& compared, int exit_code) {
  std::string word(to_text(compared.word));
  std::transform(word.begin(), word.end(), word.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
  return word + " (exit " + std::to_string(exit_code) + "): " + safe_line(compared.reason);
}

}  // namespace parley
