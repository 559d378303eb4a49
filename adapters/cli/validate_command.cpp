#include "adapters/cli/validate_command.hpp"

#include "adapters/cli/chosen_source.hpp"
#include "adapters/cli/positional_paths.hpp"
#include "adapters/cli/tell_problems.hpp"
#include "adapters/scenario_sources/input_files.hpp"
#include "reports/redaction.hpp"
#include "reports/safe_text.hpp"
#include "runner/amount_text.hpp"

#include <algorithm>
#include <iostream>
#include <set>

namespace parley {
namespace {

namespace fs = std::filesystem;

// Every file that was looked at, broken ones too.
std::size_t count_files(loaded_project const& project, std::vector<positional_path> const& named) {
  input_problems told_before;
  std::set<fs::path> files;
  auto const add = [&](fs::path const& path) {
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) {
      for (auto const& file : input_files_below(path, told_before))
        files.insert(fs::weakly_canonical(file, ignored));
    } else if (fs::exists(path, ignored)) {
      files.insert(fs::weakly_canonical(path, ignored));
    }
  };
  if (named.empty()) {
    fs::path const root = inputs_root(project.configuration);
    for (auto const* folder : {"scenarios", "personas", "tests"}) add(root / folder);
    if (!project.configuration.config_file.empty()) add(project.configuration.config_file);
  }
  for (auto const& each : named)
    if (!each.path.empty()) add(each.path);
  return files.size();
}

// With paths, what is wrong elsewhere is left out, except in the configuration and on the command line.
input_problems about(std::vector<positional_path> const& named, loaded_project const& project,
                     input_problems const& all) {
  if (named.empty()) return all;
  input_problems kept;
  for (auto const& problem : all.sorted()) {
    auto const& file = problem.where.file;
    bool keep = file.empty() || file == project.configuration.config_file || !fs::exists(file);
    for (auto const& each : named) keep = keep || (!each.path.empty() && lies_in(file, each.path));
    if (!keep) continue;
    if (problem.severity == input_problem::severity_level::error)
      kept.error(problem.where, problem.what, problem.remedy);
    else
      kept.warning(problem.where, problem.what, problem.remedy);
  }
  return kept;
}

void check_paths(std::vector<positional_path> const& named, input_problems& problems) {
  for (auto const& each : named)
    if (each.path.empty())
      problems.error({each.typed, 0, 0, {}}, "there is no such file or folder", "check the path");
}

template <class T>
std::size_t count_named(std::vector<T> const& all, std::vector<positional_path> const& named) {
  if (named.empty()) return all.size();
  return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](T const& one) {
    return std::any_of(named.begin(), named.end(), [&](auto const& each) {
      return !each.path.empty() && lies_in(one.where.file, each.path);
    });
  }));
}

std::string contents_text(project_inputs const& inputs, std::vector<positional_path> const& named,
                          input_problems const& problems) {
  auto text = counted(count_named(inputs.scenarios, named), "scenario") + ", " +
              counted(count_named(inputs.personas, named), "persona") + ", " +
              counted(count_named(inputs.unit_tests, named), "unit-test file");
  if (problems.warning_count() > 0) text += ", " + counted(problems.warning_count(), "warning");
  return text;
}

}  // namespace

int validate_command(validate_options const& options) {
  input_problems found;
  auto const named = find_paths(options.paths);
  auto request = for_validate(options);
  std::erase_if(request.selection.positionals, [&](std::string const& typed) {
    return std::any_of(named.begin(), named.end(),
                       [&](auto const& each) { return each.typed == typed && each.path.empty(); });
  });
  auto const project = load_project(request, found);
  check_paths(named, found);
  auto const problems = about(named, project, found);
  redaction const mask(project.secrets);
  for (auto const& problem : problems.sorted()) {
    bool const warning = problem.severity == input_problem::severity_level::warning;
    if (!warning || !options.presentation.quiet) std::cout << safe_line(mask(to_text(problem))) << '\n';
  }
  if (problems.has_errors())
    std::cout << "INVALID (exit 4): " << count_text(problems) << " in "
              << counted(count_files(project, named), "file") << '\n';
  else
    std::cout << "VALID (exit 0): " << contents_text(project.inputs, named, problems) << '\n';
  std::cout << std::flush;
  return problems.has_errors() ? 4 : 0;
}

}  // namespace parley
