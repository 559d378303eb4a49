#include "reports/markdown_report.hpp"

#include "reports/cell_summary.hpp"
#include "reports/criteria_text.hpp"
#include "reports/html_cells.hpp"
#include "reports/html_header.hpp"
#include "reports/html_text.hpp"
#include "reports/markdown_changes.hpp"
#include "reports/markdown_text.hpp"
#include "reports/remedies.hpp"
#include "reports/time_text.hpp"
#include "reports/transcript_text.hpp"
#include "reports/utf8_text.hpp"
#include "runner/run/run_verdict.hpp"
#include "runner/statistics/comparison.hpp"
#include "runner/statistics/suite_reason.hpp"

#include <array>
#include <ostream>
#include <unordered_map>

namespace parley {
namespace {

constexpr std::size_t ordinary_budget = std::size_t{512} << 10;  // half of what GitHub takes
constexpr std::size_t most_rows = 200;
constexpr std::size_t most_told = 30;           // failures told in full
constexpr std::size_t longest_reason = 300;     // code points
constexpr std::size_t longest_turns = 4 << 10;  // bytes of a failure's conversation

// Takes pieces while they fit, and counts those that do not.
class budgeted_text {
 public:
  explicit budgeted_text(std::size_t budget) : budget_(budget) {}

  void always(std::string const& piece) { text_ += piece; }
  bool add(std::string const& piece) {
    bool const fits = text_.size() + piece.size() <= budget_;
    if (fits) text_ += piece;
    return fits;
  }
  std::string take() { return std::move(text_); }

 private:
  std::size_t budget_;
  std::string text_;
};

std::string name_of(cell const& planned) {
  return planned.scenario_used->name + " / " + planned.persona_used->name +
         (planned.name.empty() || planned.name == planned.scenario_used->name ? "" : " / " + planned.name);
}

bool deserves_a_row(html_cell const& shown) {
  return shown.status == "failed" || shown.status == "errored" || shown.status == "flaky" ||
         (shown.status == "quarantined" && shown.cell->outcome != cell_outcome::passed);
}

class markdown_writer {
 public:
  markdown_writer(run_record const& run, report_options const& options, std::size_t budget)
      : run_(run), options_(options), cells_(cells_in_page_order(run)), text_(budget) {
    if (!run.against) return;
    for (auto const& cell : run.against->cells) compared_.emplace(cell.id, &cell);
  }

  std::string write() {
    write_verdict();
    write_comparison();
    write_rows();
    add_while_it_fits(markdown_changed_since(run_));
    write_failures();
    write_remedies();
    text_.add("\n<sub>run " + code_span(run_.facts.id.value) + ", seed " + std::to_string(run_.facts.seed) +
              "</sub>\n");
    return text_.take();
  }

 private:
  void write_verdict() {
    auto const judged = judge_run(run_);
    int const code = options_.exit_code.value_or(judged.exit_code);
    text_.always("## " + std::string(headline(code)) + ": " + verdict_sentence(run_) + "\n\n" +
                 judged.summary + " in " + short_duration(run_.wall) + "\n");
    if (run_.interrupted_by != 0 || !run_.complete)
      text_.always("\nThe run did not end in order: this is a part of it.\n");
    if (missing_cells(run_) > 0) text_.always("\n" + code_span(run_.warnings.back()) + "\n");
    if (!judged.warning.empty()) text_.always("\n" + judged.warning + "\n");
  }

  void write_comparison() {
    if (!run_.against) return;
    auto const& against = *run_.against;
    text_.add("\n**" + std::string(to_text(against.word)) + "** against " +
              code_span(against.base.name.empty() ? against.base.from : against.base.name) + ": " +
              code_span(against.reason) + "\n");
    std::string counts;
    for (auto const word :
         {cell_word::new_fail, cell_word::worse, cell_word::worse_within_noise, cell_word::inconclusive,
          cell_word::fixed, cell_word::better, cell_word::added, cell_word::removed})
      if (int const count = against.count(word); count > 0)
        counts += (counts.empty() ? "" : ", ") + std::to_string(count) + " " + std::string(to_text(word));
    if (!counts.empty()) text_.add("\n" + counts + "\n");
    for (auto const& warning : against.warnings) text_.add("\nwarning: " + code_span(warning) + "\n");
    add_while_it_fits(markdown_changes(against.changes));
  }

  void add_while_it_fits(std::vector<std::string> const& pieces) {
    for (auto const& piece : pieces)
      if (!text_.add(piece)) return;
  }

  // What the comparison says about a cell; ends with a bar. Empty without a baseline.
  std::string compared_text(cell_id const& id) const {
    if (!run_.against) return {};
    auto const known = compared_.find(id);
    if (known == compared_.end()) return " |";
    auto const& cell = *known->second;
    auto const rate = [](std::optional<compared_side> const& side) {
      return side && side->rate() ? rate_text(*side->rate()) : std::string("-");
    };
    std::string const word(to_text(cell.word));
    return " " + (cell.gates ? "**" + word + "**, gates" : word) + ": " + rate(cell.base) + " → " +
           rate(cell.head) + " |";
  }

  // A cell may gate whose pass rule is met.
  bool has_row(html_cell const& shown) const {
    if (deserves_a_row(shown)) return true;
    auto const known = compared_.find(shown.cell->planned->id);
    return known != compared_.end() && known->second->gates;
  }

  std::string row(html_cell const& shown) const {
    auto const& cell = *shown.cell;
    auto const* const main = main_trial(cell);
    auto reason = main == nullptr ? std::string() : reason_of(run_, cell, *main);
    if (main != nullptr && main->outcome == outcome_class::failed) reason = "not met: " + reason;
    auto const where = cell.planned->where.file.empty()
                           ? std::string()
                           : cell.planned->where.file + ":" + std::to_string(cell.planned->where.line);
    auto const counts = count_trials(cell);
    return "| " + std::string(shown.status) + " | " +
           code_span(name_of(*cell.planned), markdown_place::table) + " | " + std::to_string(counts.passed) +
           "/" + std::to_string(counts.total) + " |" + compared_text(cell.planned->id) + " " +
           code_span(shortened(reason, longest_reason), markdown_place::table) + " | " +
           code_span(where, markdown_place::table) + " |\n";
  }

  void write_rows() {
    std::size_t wanted = 0;
    std::size_t written = 0;
    bool room = true;
    for (auto const& shown : cells_) {
      if (!has_row(shown)) continue;
      if (++wanted == 1)
        room =
            text_.add(run_.against ? "\n| | unit test | passed | against the baseline | reason | where "
                                     "|\n|---|---|---|---|---|---|\n"
                                   : "\n| | unit test | passed | reason | where |\n|---|---|---|---|---|\n");
      room = room && written < most_rows && text_.add(row(shown));
      if (room) ++written;
    }
    if (wanted > written) text_.always("\nand " + std::to_string(wanted - written) + " more\n");
  }

  // The criteria and the turns that broke them, folded away.
  std::string failure_text(html_cell const& shown) const {
    auto const& cell = *shown.cell;
    auto const* const main = main_trial(cell);
    if (main == nullptr) return {};
    auto const detail = load_detail(run_, cell, *main);
    auto said = criteria_lines(detail->judged);
    auto const turns = offending_turns(detail->judged, detail->conversation);
    if (!turns.empty()) said += "\n" + head_and_tail(turns, longest_turns);
    if (detail->conversation.error)
      said += detail->conversation.error->type + ": " + detail->conversation.error->message + "\n";
    return "\n<details><summary><code>" + html_text(cell.planned->id.value) + "</code>, " +
           trial_name(cell, *main) + "</summary>\n\n" + code_block(said) +
           "\nAgain: " + code_span(command_to_repeat(run_, cell)) + "\n\n</details>\n";
  }

  void write_failures() {
    std::size_t wanted = 0;
    std::size_t told = 0;
    for (auto const& shown : cells_) {
      if (shown.status != "failed" && shown.status != "errored") continue;
      ++wanted;
      if (told + 1 == wanted && told < most_told && text_.add(failure_text(shown))) ++told;
    }
    if (told > 0 && wanted > told)
      text_.always("\n" + std::to_string(wanted - told) + " more are told in the other reports.\n");
  }

  void write_remedies() {
    for (auto const& remedy : remedies_for(run_))
      if (!text_.add("\n- " + code_span(remedy))) return;
    text_.add("\n");
  }

  run_record const& run_;
  report_options const& options_;
  std::vector<html_cell> cells_;
  std::unordered_map<cell_id, compared_cell const*> compared_;
  budgeted_text text_;
};

}  // namespace

std::string markdown_summary(run_record const& run, report_options const& options, std::size_t budget) {
  return markdown_writer(run, options, budget).write();
}

void write_markdown(run_record const& run, report_options const& options, std::ostream& out) {
  out << markdown_summary(run, options, ordinary_budget);
}

}  // namespace parley
