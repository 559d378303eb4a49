#include "adapters/scenario_sources/scenario_directory.hpp"

#include "adapters/formats/input_document.hpp"
#include "adapters/formats/unit_test_format.hpp"
#include "adapters/scenario_sources/input_files.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace parley {
namespace {

namespace fs = std::filesystem;

// The path below `tests/` without extension, `/` -> `-`; outside of such a folder the file's own name.
std::string default_set(fs::path const& below_tests) {
  std::string set = (below_tests.parent_path() / below_tests.stem()).generic_string();
  std::replace(set.begin(), set.end(), '/', '-');
  return set;
}

class project_reader {
 public:
  project_reader(fs::path working_directory, bool only_tests, input_problems& problems)
      : working_directory_(std::move(working_directory)), only_tests_(only_tests), problems_(problems) {}

  void read_project_folder(fs::path const& root, char const* name, input_kind kind) {
    fs::path const folder = absolute(root) / name;
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored)) return;
    for (auto const& file : input_files_below(folder, problems_))
      read_file(file, shown(file), kind, default_set(file.lexically_relative(folder)));
  }

  void read_named(fs::path const& typed) {
    fs::path const path = absolute(typed);
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) {
      for (auto const& file : input_files_below(path, problems_)) {
        auto const below = file.lexically_relative(path);
        read_file(file, (typed / below).lexically_normal().generic_string(), std::nullopt, set_outside(file));
      }
    } else if (!fs::exists(path, ignored)) {
      report(typed, "there is no such file or folder", "check the path");
    } else if (!has_input_extension(path)) {
      report(typed, "neither .yaml, .yml nor .json", "name a file with one of these endings");
    } else {
      read_file(path, typed.generic_string(), std::nullopt, set_outside(path));
    }
  }

  project_inputs take() { return std::move(inputs_); }

 private:
  fs::path absolute(fs::path const& path) const { return (working_directory_ / path).lexically_normal(); }

  std::string shown(fs::path const& path) const {
    return path.lexically_proximate(working_directory_).generic_string();
  }

  void report(fs::path const& typed, std::string what, std::string remedy) {
    problems_.error({typed.generic_string(), 0, 0, {}}, std::move(what), std::move(remedy));
  }

  // A file that lies below some other `tests/` is named as it would be there.
  static std::string set_outside(fs::path const& path) {
    fs::path below;
    bool found = false;
    for (auto const& part : path) {
      if (found) below /= part;
      if (part == "tests") {
        found = true;
        below.clear();
      }
    }
    return default_set(found && !below.empty() ? below : path.filename());
  }

  void read_file(fs::path const& path, std::string const& shown_as, std::optional<input_kind> kind,
                 std::string const& set) {
    std::error_code ignored;
    if (!seen_.insert(fs::weakly_canonical(path, ignored)).second) return;
    auto const tree = read_located_file(path, shown_as, problems_);
    if (!tree) return;
    if (tree->is_list()) {
      for (auto const& item : tree->items) read_document(item, kind, set);
    } else {
      read_document(*tree, kind, set);
    }
  }

  void read_document(located_tree const& node, std::optional<input_kind> kind, std::string const& set) {
    if (node.is_null())
      return problems_.error(node.where(), "nothing is written here", "write one object, or remove it");
    if (!node.is_map())
      return problems_.error(node.where(),
                             "a " + std::string(to_text(node.type)) + " where an object is expected",
                             "a file holds one object with keys such as 'name', or a list of them");
    input_kind const found = kind.value_or(recognise_kind(node));
    if (only_tests_ && found != input_kind::unit_tests)
      return problems_.error(node.where(), "a scenario or persona beside those of --source",
                             "name tests only: a run has one source");
    switch (found) {
      case input_kind::scenario:
        return keep(read_any_scenario(node, problems_), "scenario", inputs_.scenarios);
      case input_kind::persona:
        return keep(read_any_persona(node, problems_), "persona", inputs_.personas);
      case input_kind::unit_tests:
        if (auto read = read_unit_tests(node, set, problems_)) inputs_.unit_tests.push_back(std::move(*read));
    }
  }

  // Without an id of its own a thing is known by its name alone.
  template <class T>
  void keep(std::optional<T> read, std::string const& kind, std::vector<T>& into) {
    if (!read) return;
    auto const [first, is_new] = places_.emplace(kind + " " + read->id.value, read->where);
    if (is_new) return into.push_back(std::move(*read));
    problems_.error(
        read->where,
        "a second " + kind + " '" + read->name + "', the first stands at " + to_text(first->second),
        "give it another name; two versions of one thing stand in one file, under `versions`");
  }

  fs::path working_directory_;
  bool only_tests_;
  input_problems& problems_;
  std::set<fs::path> seen_;
  std::map<std::string, source_position> places_;  // of scenarios and personas, by kind and id
  project_inputs inputs_;
};

}  // namespace

scenario_directory::scenario_directory(fs::path root, std::vector<fs::path> named, fs::path working_directory,
                                       contents wanted)
    : root_(std::move(root)),
      named_(std::move(named)),
      working_directory_(std::move(working_directory)),
      wanted_(wanted) {}

project_inputs scenario_directory::load(input_problems& problems) {
  bool const only_tests = wanted_ == contents::tests;
  project_reader reader(working_directory_, only_tests, problems);
  if (!only_tests) reader.read_project_folder(root_, "scenarios", input_kind::scenario);
  if (!only_tests) reader.read_project_folder(root_, "personas", input_kind::persona);
  reader.read_project_folder(root_, "tests", input_kind::unit_tests);
  for (auto const& path : named_) reader.read_named(path);
  return reader.take();
}

}  // namespace parley
