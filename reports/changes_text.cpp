#include "reports/changes_text.hpp"

#include "reports/safe_text.hpp"
#include "reports/utf8_text.hpp"
#include "runner/amount_text.hpp"

#include <algorithm>
#include <functional>

namespace parley {
namespace {

constexpr std::size_t longest_line = 200;  // of a diff
constexpr std::size_t most_runs = 3;       // that cells passed in
constexpr std::size_t most_named = 3;      // cells of a change

struct limits {
  std::size_t changes;
  std::size_t diff_lines;  // of one change
};
constexpr limits in_full{20, 40};
constexpr limits in_short{8, 12};

std::string diff_text(std::vector<std::string> const& diff, std::size_t most, terminal_style const& style) {
  std::string text;
  for (std::size_t i = 0; i < std::min(diff.size(), most); ++i) {
    auto const line = shortened(safe_line(diff[i]), longest_line);
    text += "    | " +
            (diff[i].starts_with('+')   ? style.good(line)
             : diff[i].starts_with('-') ? style.bad(line)
                                        : style.faint(line)) +
            "\n";
  }
  if (diff.size() > most) text += "    | and " + std::to_string(diff.size() - most) + " more lines\n";
  return text;
}

// `whom`: which cells the change with that number is about.
std::string listed_changes(std::vector<changed_input> const& changes, limits most,
                           std::function<std::string(std::size_t)> const& whom, terminal_style const& style) {
  std::string text;
  for (std::size_t i = 0; i < std::min(changes.size(), most.changes); ++i)
    text += "\n" + style.strong("changed ") + change_line(changes[i]) + "  " + style.faint("for " + whom(i)) +
            "\n" + diff_text(changes[i].diff, most.diff_lines, style);
  if (changes.size() > most.changes)
    text += "\nand " + std::to_string(changes.size() - most.changes) + " more changes\n";
  return text;
}

std::string cells_with(changed_since const& since, std::size_t change) {
  std::vector<std::string> names;
  for (auto const& cell : since.cells)
    if (std::find(cell.changes.begin(), cell.changes.end(), change) != cell.changes.end())
      names.push_back(safe_line(cell.id.value));
  auto const count = counted(names.size(), "cell");
  return names.size() == since.cells.size() ? count : count + ": " + listed(names, most_named);
}

}  // namespace

std::string change_line(changed_input const& change) {
  auto text = std::string(to_text(change.kind)) + " " + change.name;
  if (change.before != change.after)
    text += " (" + (change.before.empty() ? "none" : change.before) + " -> " +
            (change.after.empty() ? "none" : change.after) + ")";
  return safe_line(text);
}

std::string changes_text(std::vector<changed_input> const& changes, terminal_style const& style) {
  return listed_changes(
      changes, in_full, [&](std::size_t i) { return counted(changes[i].cells, "cell"); }, style);
}

std::string since_text(std::vector<changed_since> const& all, terminal_style const& style) {
  std::string text;
  for (std::size_t i = 0; i < std::min(all.size(), most_runs); ++i) {
    auto const& since = all[i];
    auto const run = "run " + safe_line(since.passed.name) + ", which passed " +
                     std::to_string(since.cells.size()) + " of these";
    if (i > 0) text += "\n";
    if (since.changes.empty()) {
      text += "nothing that Parley knows of changed since " + run + "\n";
      continue;
    }
    text += "since " + run + ":\n" +
            listed_changes(
                since.changes, in_short, [&](std::size_t at) { return cells_with(since, at); }, style);
  }
  if (all.size() > most_runs)
    text += "\nother cells passed in " + counted(all.size() - most_runs, "earlier run") + "\n";
  return text;
}

}  // namespace parley
