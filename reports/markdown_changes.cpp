#include "reports/markdown_changes.hpp"

#include "reports/html_text.hpp"
#include "reports/markdown_text.hpp"
#include "reports/utf8_text.hpp"
#include "runner/amount_text.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace parley {
namespace {

constexpr std::size_t most_changes = 50;
constexpr std::size_t most_diffs = 20;
constexpr std::size_t most_diff_lines = 60;
constexpr std::size_t longest_line = 300;  // code points
constexpr std::size_t most_runs = 5;

std::string side(std::string const& text) {
  return text.empty() ? "none" : code_span(text);
}

std::string line_of(changed_input const& change) {
  bool const told = change.before != change.after;  // else only the texts differ
  return "\n- changed: " + std::string(to_text(change.kind)) + " " + code_span(change.name) +
         (told ? " " + side(change.before) + " → " + side(change.after) : "") + ", " +
         counted(change.cells, "unit test");
}

std::string diff_of(changed_input const& change) {
  std::string lines;
  for (std::size_t i = 0; i < std::min(change.diff.size(), most_diff_lines); ++i)
    lines += shortened(change.diff[i], longest_line) + "\n";
  if (change.diff.size() > most_diff_lines)
    lines += " and " + std::to_string(change.diff.size() - most_diff_lines) + " more lines\n";
  return "\n<details><summary>changed text of " + std::string(to_text(change.kind)) + " <code>" +
         html_text(change.name) + "</code></summary>\n\n" + code_block(lines, "diff") + "\n</details>\n";
}

}  // namespace

std::vector<std::string> markdown_changes(std::vector<changed_input> const& changes) {
  std::vector<std::string> pieces;
  for (std::size_t i = 0; i < std::min(changes.size(), most_changes); ++i)
    pieces.push_back(line_of(changes[i]));
  if (changes.size() > most_changes)
    pieces.push_back("\n- and " + std::to_string(changes.size() - most_changes) + " more changes");
  if (!pieces.empty()) pieces.emplace_back("\n");
  std::size_t shown = 0;
  for (auto const& change : changes)
    if (!change.diff.empty() && ++shown <= most_diffs) pieces.push_back(diff_of(change));
  return pieces;
}

std::vector<std::string> markdown_changed_since(run_record const& run) {
  std::vector<std::string> pieces;
  if (!run.since_passed) return pieces;
  for (std::size_t i = 0; i < std::min(run.since_passed->size(), most_runs); ++i) {
    auto const& since = (*run.since_passed)[i];
    auto const which = "run " + code_span(since.passed.name) + ", which passed " +
                       std::to_string(since.cells.size()) + " of these";
    if (since.changes.empty()) {
      pieces.push_back("\nNothing that Parley knows of changed since " + which + ".\n");
      continue;
    }
    pieces.push_back("\nChanged since " + which + ":\n");
    auto changes = markdown_changes(since.changes);
    std::move(changes.begin(), changes.end(), std::back_inserter(pieces));
  }
  return pieces;
}

}  // namespace parley
