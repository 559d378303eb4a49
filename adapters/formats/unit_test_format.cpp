#include "adapters/formats/unit_test_format.hpp"

#include "adapters/formats/fitting_part.hpp"
#include "adapters/formats/input_shapes.hpp"
#include "adapters/formats/scenario_format.hpp"
#include "adapters/formats/versioned_document.hpp"
#include "runner/inputs/quantity_text.hpp"
#include "runner/inputs/scenario_json.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

std::optional<std::string> optional_text(located_tree const& node, std::string_view key) {
  auto const* const value = node.find(key);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return value->text;
}

std::optional<int> optional_int(located_tree const& node, std::string_view key) {
  auto const* const value = node.find(key);
  if (value == nullptr || !value->number.get().is_number_integer()) return std::nullopt;
  return value->number.get().get<int>();
}

std::optional<std::chrono::milliseconds> optional_duration(located_tree const& node, std::string_view key) {
  auto const text = optional_text(node, key);
  return text ? parse_duration(*text) : std::nullopt;
}

criteria criteria_at(located_tree const& node) {
  auto const* const written = node.find("criteria");
  if (written == nullptr) return {};
  criteria c = criteria_from_json(to_json(*written));
  locate_checks(c, written);
  return c;
}

unit_test_settings settings_at(located_tree const& node) {
  unit_test_settings settings;
  settings.agent = optional_text(node, "agent");
  settings.trials = optional_int(node, "trials");
  if (auto const* const rule = node.find("pass_rule")) settings.rule = parse_pass_rule(rule->text);
  settings.timeout = optional_duration(node, "timeout");
  settings.turn_timeout = optional_duration(node, "turn_timeout");
  settings.max_interactions = optional_int(node, "max_interactions");
  settings.max_steps = optional_int(node, "max_steps");
  settings.max_errors = optional_int(node, "max_errors");
  settings.skip = optional_text(node, "skip");
  settings.description = optional_text(node, "description");
  settings.tags = tags_at(node);
  settings.success = criteria_at(node);
  return settings;
}

template <class T>
void fall_back(std::optional<T>& value, std::optional<T> const& below) {
  if (!value) value = below;
}

bool is_null_at(located_tree const& node, std::string_view key) {
  auto const* const value = node.find(key);
  return value != nullptr && value->is_null();
}

// What `node` says itself goes before `defaults`, a written null too; tags are added to theirs, criteria
// united.
unit_test_settings settings_over(unit_test_settings const& defaults, located_tree const& node) {
  auto own = settings_at(node);
  // A rule K/N of one's own brings its N along, so it is no contradiction to `trials` in `defaults`.
  bool const own_count = own.rule && own.rule->which == pass_rule::kind::count && !own.trials;
  if (!own_count) fall_back(own.trials, defaults.trials);
  fall_back(own.agent, defaults.agent);
  fall_back(own.rule, defaults.rule);
  fall_back(own.timeout, defaults.timeout);
  fall_back(own.turn_timeout, defaults.turn_timeout);
  fall_back(own.max_interactions, defaults.max_interactions);
  if (!is_null_at(node, "max_steps")) fall_back(own.max_steps, defaults.max_steps);
  fall_back(own.max_errors, defaults.max_errors);
  if (!is_null_at(node, "skip")) fall_back(own.skip, defaults.skip);
  fall_back(own.description, defaults.description);
  own.tags.insert(defaults.tags.begin(), defaults.tags.end());
  own.success = united(defaults.success, own.success);
  return own;
}

void check_trials(unit_test_settings const& settings, located_tree const& node, input_problems& problems) {
  if (!settings.rule || settings.rule->which != pass_rule::kind::count || !settings.trials) return;
  if (*settings.trials == settings.rule->of) return;
  auto const* const trials = node.find("trials");
  if (trials == nullptr && node.find("pass_rule") == nullptr) return;  // both of `defaults`: reported there
  problems.error(
      trials == nullptr ? node.where() : trials->where(),
      "trials: " + std::to_string(*settings.trials) + " contradicts the pass rule " + to_text(*settings.rule),
      "leave trials out: pass_rule (--pass-rule) K/N sets it to N");
}

source_position where_or(located_tree const& node, std::string_view key) {
  auto const* const value = node.find(key);
  return value == nullptr ? node.where() : value->where();
}

unit_test test_at(located_tree const& node, located_tree const* defaults, unit_test_settings const& below) {
  unit_test test;
  test.scenario = text_at(node, "scenario");
  test.scenario_where = where_or(node, "scenario");
  test.persona = optional_text(node, "persona");
  test.persona_where = where_or(node, "persona");
  test.name = optional_text(node, "name");
  if (defaults != nullptr) {
    if (!test.persona && defaults->find("persona") != nullptr) {
      test.persona = optional_text(*defaults, "persona");
      test.persona_where = where_or(*defaults, "persona");
    }
    fall_back(test.name, optional_text(*defaults, "name"));
  }
  test.settings = settings_over(below, node);
  test.where = node.where();
  return test;
}

std::vector<std::string> texts_at(located_tree const& node, std::string_view key) {
  auto const* const value = node.find(key);
  std::vector<std::string> texts;
  if (value == nullptr) return texts;
  if (value->is_string()) return {value->text};
  for (auto const& item : value->items) texts.push_back(item.text);
  return texts;
}

matrix_selector selector_at(located_tree const& node) {
  return {texts_at(node, "name"), texts_at(node, "tag"), node.where()};
}

test_matrix matrix_at(located_tree const& node, located_tree const* defaults,
                      unit_test_settings const& below) {
  test_matrix matrix;
  matrix.where = node.where();
  matrix.scenarios.where = node.where();
  if (auto const* const scenarios = node.find("scenarios")) matrix.scenarios = selector_at(*scenarios);
  if (auto const* const personas = node.find("personas")) matrix.personas = selector_at(*personas);
  if (auto const* const exclude = node.find("exclude"))
    for (auto const& item : exclude->items)
      matrix.exclude.push_back({optional_text(item, "scenario"), optional_text(item, "persona")});
  matrix.name = optional_text(node, "name");
  if (defaults != nullptr) fall_back(matrix.name, optional_text(*defaults, "name"));
  matrix.settings = settings_over(below, node);
  return matrix;
}

unit_test_file read_fitting(located_tree const& node, std::string const& default_set,
                            input_problems& problems) {
  auto const* const defaults = node.find("defaults");
  unit_test_settings const below = defaults == nullptr ? unit_test_settings{} : settings_at(*defaults);
  if (defaults != nullptr) check_trials(below, *defaults, problems);
  unit_test_file file;
  file.set = optional_text(node, "set").value_or(default_set);
  file.where = node.where();
  if (auto const* const tests = node.find("tests"))
    for (auto const& item : tests->items) {
      file.tests.push_back(test_at(item, defaults, below));
      check_trials(file.tests.back().settings, item, problems);
    }
  if (auto const* const matrices = node.find("matrix"))
    for (auto const& item : matrices->items) {
      file.matrices.push_back(matrix_at(item, defaults, below));
      check_trials(file.matrices.back().settings, item, problems);
    }
  return file;
}

}  // namespace

std::optional<unit_test_file> read_unit_tests(located_tree const& node, std::string const& default_set,
                                              input_problems& problems) {
  if (check_shape(node, unit_tests_shape(), "tests file", problems))
    return read_fitting(node, default_set, problems);
  auto const rest = fitting_part(node, unit_tests_shape());
  if (!rest) return std::nullopt;
  return read_fitting(*rest, default_set, problems);
}

}  // namespace parley
