#include "adapters/cli/list_command.hpp"

#include "adapters/cli/list_coverage.hpp"
#include "adapters/cli/shown_cells.hpp"
#include "adapters/cli/tell_problems.hpp"
#include "adapters/system/terminal.hpp"
#include "reports/json_report.hpp"
#include "reports/redaction.hpp"
#include "reports/safe_text.hpp"
#include "runner/amount_text.hpp"

#include <algorithm>
#include <iostream>

namespace parley {
namespace {

std::string tags_text(tag_map const& tags) {
  std::string text;
  for (auto const& [key, value] : tags) text += "  " + key + (value ? ":" + *value : "");
  return text;
}

// In characters, not bytes.
std::size_t width_of(std::string const& text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

std::string line_of(cell const& unit, std::size_t width) {
  std::string line = unit.id.value + std::string(width - width_of(unit.id.value), ' ');
  if (unit.skip) return line + "  skipped: " + *unit.skip;
  line +=
      (unit.until_decided ? "  at most " : "  ") + counted(static_cast<std::size_t>(unit.trials), "trial");
  if (unit.rule.which != pass_rule::kind::all) line += ", " + to_text(unit.rule) + " must pass";
  if (!unit.agent.empty()) line += "  agent " + unit.agent;
  line += tags_text(unit.tags);
  if (unit.quarantine) line += "  (in quarantine)";
  return line;
}

std::string closing_line(selected_cells const& selected) {
  std::string text = counted(selected.cells.size(), "cell");
  if (selected.candidates > selected.cells.size()) text += " of " + std::to_string(selected.candidates);
  if (selected.left_out > 0)
    text += "; " + counted(selected.left_out, "scenario") + " that no unit test mentions " +
            (selected.left_out == 1 ? "is" : "are") + " left out";
  return text;
}

void print_text(loaded_project const& project) {
  redaction const mask(project.secrets);
  std::size_t width = 0;
  for (auto const& unit : project.selected.cells) width = std::max(width, width_of(unit->id.value));
  for (auto const& unit : project.selected.cells) std::cout << safe_line(mask(line_of(*unit, width))) << '\n';
  std::cout << closing_line(project.selected) << '\n';
}

}  // namespace

int print_cells(loaded_project const& project, std::string const& format) {
  if (format == "json") {
    write_planned_cells(shown_cells(project.selected.cells, redaction(project.secrets)), std::cout);
  } else if (format == "ids") {
    for (auto const& unit : project.selected.cells) std::cout << safe_line(unit->id.value) << '\n';
  } else {
    print_text(project);
  }
  return flush_stdout() ? 0 : 3;
}

int list_command(list_options const& options) {
  input_problems problems;
  auto const project = load_project(for_list(options), problems);
  if (int const code = tell_problems(problems, project); code != 0) return code;
  if (project.selected.cells.empty()) return tell_empty_selection(project);
  if (options.selection.coverage) return print_coverage(project, options.selection.from, options.format);
  return print_cells(project, options.format);
}

}  // namespace parley
