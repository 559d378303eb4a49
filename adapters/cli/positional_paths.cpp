#include "adapters/cli/positional_paths.hpp"

#include "runner/amount_text.hpp"

#include <algorithm>
#include <fstream>
#include <set>

namespace parley {
namespace {

namespace fs = std::filesystem;

fs::path real_path(fs::path const& path) {
  std::error_code ignored;
  auto full = fs::weakly_canonical(fs::absolute(path, ignored), ignored);
  return full.has_filename() ? full : full.parent_path();
}

bool is_there(fs::path const& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

bool is_same_or_below(fs::path const& inner, fs::path const& outer) {
  auto const difference = std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end());
  return difference.first == outer.end();
}

std::set<std::string> loaded_files(project_inputs const& inputs) {
  std::set<std::string> files;
  for (auto const& one : inputs.scenarios) {
    files.insert(one.where.file);
    if (one.lead) files.insert(one.lead->where.file);
  }
  for (auto const& one : inputs.personas) files.insert(one.where.file);
  for (auto const& one : inputs.unit_tests) files.insert(one.where.file);
  return files;
}

}  // namespace

std::vector<positional_path> find_paths(std::vector<std::string> const& typed) {
  std::vector<positional_path> paths;
  for (auto const& text : typed) {
    positional_path found{text, {}, 0};
    auto const with_line = split_line_suffix(text);
    if (is_there(text)) {
      found.path = text;
    } else if (with_line && is_there(with_line->first)) {
      found.path = with_line->first;
      found.line = with_line->second;
    }
    paths.push_back(std::move(found));
  }
  return paths;
}

void check_lines(std::vector<positional_path> const& paths, input_problems& problems) {
  for (auto const& each : paths) {
    if (each.line == 0 || !fs::is_regular_file(each.path)) continue;
    std::ifstream file(each.path, std::ios::binary);
    int lines = 0;
    for (std::string line; lines < each.line && std::getline(file, line);) ++lines;
    if (lines < each.line)
      problems.error({}, "'" + each.typed + "': " + each.path.string() + " has " + counted(lines, "line"),
                     "name a line in it, or the file alone");
  }
}

std::vector<fs::path> paths_to_read(std::vector<positional_path> const& paths, fs::path const& project_root) {
  std::vector<fs::path> named;
  auto const root = real_path(project_root);
  for (auto const& each : paths)
    if (!each.path.empty() && !is_same_or_below(root, real_path(each.path))) named.push_back(each.path);
  return named;
}

bool lies_in(std::string const& file, fs::path const& path) {
  return !file.empty() && is_same_or_below(real_path(file), real_path(path));
}

std::vector<positional> as_positionals(std::vector<positional_path> const& paths,
                                       project_inputs const& inputs) {
  std::vector<positional> positionals;
  auto const files = loaded_files(inputs);
  for (auto const& each : paths) {
    positional wanted;
    wanted.text = each.typed;
    wanted.line = each.line;
    if (!each.path.empty()) {
      wanted.files.emplace();
      for (auto const& file : files)
        if (lies_in(file, each.path)) wanted.files->push_back(file);
    }
    positionals.push_back(std::move(wanted));
  }
  return positionals;
}

}  // namespace parley
