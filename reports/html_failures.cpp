#include "reports/html_failures.hpp"

#include "reports/cell_summary.hpp"
#include "reports/criteria_text.hpp"
#include "reports/html_text.hpp"
#include "reports/transcript_text.hpp"

#include <algorithm>
#include <ostream>

namespace parley {
namespace {

constexpr std::size_t most_failures = 50;
constexpr std::size_t most_of_one = std::size_t{8} << 10;

void write_failure(run_record const& run, cell_record const& cell, std::ostream& out) {
  auto const* const main = main_trial(cell);
  if (main == nullptr) return;
  auto const detail = load_detail(run, cell, *main);
  auto const said = criteria_lines(detail->judged) + "\n" + transcript_lines(detail->conversation);
  out << "<details><summary>" << html_text(cell.planned->id.value) << ", " << trial_name(cell, *main) << ": "
      << html_text(reason_of(*main, detail->judged)) << "</summary><pre>"
      << html_text(head_and_tail(said, most_of_one)) << "\n"
      << html_text(command_to_repeat(run, cell)) << "</pre></details>\n";
}

}  // namespace

void write_html_failures(run_record const& run, std::vector<html_cell> const& cells, std::ostream& out) {
  std::vector<cell_record const*> failures;
  for (auto const& shown : cells)
    if (shown.status == "failed" || shown.status == "errored") failures.push_back(shown.cell);
  if (failures.empty()) return;
  out << "<section class=\"plain\" id=\"plain\"><h2>What happened</h2>\n";
  for (std::size_t i = 0; i < std::min(failures.size(), most_failures); ++i)
    write_failure(run, *failures[i], out);
  if (failures.size() > most_failures) out << "<p>and " << failures.size() - most_failures << " more</p>\n";
  out << "</section>\n";
}

}  // namespace parley
