#include "adapters/cli/tell_problems.hpp"

#include "adapters/system/logging.hpp"
#include "reports/redaction.hpp"
#include "reports/safe_text.hpp"
#include "runner/amount_text.hpp"
#include "runner/run/run_verdict.hpp"

#include <iostream>

namespace parley {
namespace {

constexpr int invalid = 4;
constexpr int nothing_selected = 5;

int tell(input_problems const& problems, redaction const& mask) {
  for (auto const& problem : problems.sorted()) std::cerr << safe_line(mask(to_text(problem))) << '\n';
  int const code = problems.has_errors() ? invalid : 0;
  if (code != 0) std::cerr << headline(code) << " (exit " << code << "): " << count_text(problems) << '\n';
  std::cerr << std::flush;
  return code;
}

}  // namespace

std::string count_text(input_problems const& problems) {
  auto const errors = problems.error_count();
  auto const warnings = problems.warning_count();
  std::string text;
  if (errors > 0) text = counted(errors, "error");
  if (warnings > 0) text += (text.empty() ? "" : ", ") + counted(warnings, "warning");
  return text;
}

int tell_problems(input_problems const& problems) {
  return tell(problems, {});
}

int tell_problems(input_problems const& problems, loaded_project const& project) {
  return tell(problems, redaction(project.secrets));
}

std::vector<std::string> texts_of(input_problems const& problems, input_problem::severity_level kind) {
  std::vector<std::string> texts;
  for (auto problem : problems.sorted()) {
    if (problem.severity != kind) continue;
    problem.severity = input_problem::severity_level::error;  // which is told without a word for it
    texts.push_back(to_text(problem));
  }
  return texts;
}

int tell_empty_selection(loaded_project const& project) {
  redaction const mask(project.secrets);
  auto const policy = project.configuration.run.no_tests;
  int const code = policy == empty_selection::fail ? nothing_selected : 0;
  if (policy == empty_selection::warn) log_warning("nothing selected: " + project.selected.why_empty);
  std::cerr << headline(code) << " (exit " << code << "): " << (code == 0 ? "nothing selected: " : "")
            << safe_line(mask(project.selected.why_empty)) << '\n'
            << std::flush;
  return code;
}

}  // namespace parley
