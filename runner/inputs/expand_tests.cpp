#include "runner/inputs/expand_tests.hpp"

#include "runner/inputs/cell_maker.hpp"
#include "runner/inputs/glob.hpp"
#include "runner/inputs/input_catalog.hpp"
#include "runner/inputs/matrix_pairs.hpp"

#include <algorithm>
#include <unordered_map>

namespace parley {
namespace {

constexpr char const* set_of_unmentioned = "scenarios";

class expander {
 public:
  expander(project_inputs const& inputs, expansion_settings const& settings, input_problems& problems)
      : inputs_(inputs),
        settings_(settings),
        problems_(problems),
        catalog_(inputs),
        maker_(settings),
        mentioned_(inputs.scenarios.size(), false) {}

  expansion expand() {
    for (auto const& file : inputs_.unit_tests) {
      for (auto const& test : file.tests) add_test(file.set, test);
      for (auto const& matrix : file.matrices) add_matrix(file.set, matrix);
    }
    for (std::size_t i = 0; i < mentioned_.size(); ++i)
      if (!mentioned_[i]) add_unmentioned(i);
    made_.scenario_names = catalog_.scenario_names().names();
    made_.persona_names = catalog_.persona_names().names();
    for (auto const& each : inputs_.scenarios)
      if (each.lead) made_.persona_names.push_back(each.lead->name);
    return std::move(made_);
  }

 private:
  void add_test(std::string const& set, unit_test const& test);
  std::shared_ptr<persona const> teller_of(unit_test const& test, std::size_t told);
  void add_matrix(std::string const& set, test_matrix const& matrix);
  void add_unmentioned(std::size_t told);
  std::vector<std::shared_ptr<persona const>> tellers_of_unmentioned(std::size_t told,
                                                                     std::optional<input_problem>& wrong);
  void add(planned_cell planned);

  project_inputs const& inputs_;
  expansion_settings const& settings_;
  input_problems& problems_;
  input_catalog catalog_;
  cell_maker maker_;
  std::vector<bool> mentioned_;                             // by place of the scenario
  std::unordered_map<std::string, source_position> known_;  // cell id -> the unit test that has it
  expansion made_;
};

source_position first_known(source_position const& precise, source_position const& otherwise) {
  return precise.file.empty() ? otherwise : precise;
}

void expander::add_test(std::string const& set, unit_test const& test) {
  auto const told = catalog_.scenario_names().resolve(
      test.scenario, first_known(test.scenario_where, test.where), problems_);
  if (!told) {  // its other mistakes are told all the same
    if (test.persona)
      catalog_.persona_names().resolve(*test.persona, first_known(test.persona_where, test.where), problems_);
    return;
  }
  mentioned_[*told] = true;
  auto teller = teller_of(test, *told);
  if (!teller) return;
  cell_parts parts{set, test.name.value_or(""), catalog_.shared_scenario(*told), std::move(teller),
                   test.where};
  add(maker_.make(std::move(parts), test.settings));
}

std::shared_ptr<persona const> expander::teller_of(unit_test const& test, std::size_t told) {
  auto const own = catalog_.own_persona(told);
  if (!test.persona) {
    if (!own)
      problems_.error(test.where,
                      "the unit test of scenario '" + catalog_.scenarios()[told].name + "' has no persona",
                      "add `persona:` to it or to the file's `defaults`");
    return own;
  }
  auto const where = first_known(test.persona_where, test.where);
  if (own && *test.persona == own->name && catalog_.persona_names().find(*test.persona).empty()) {
    problems_.error(where, "the own persona of an Eqho document cannot be named",
                    "leave `persona:` out; the document's own persona is then used");
    return nullptr;
  }
  auto const found = catalog_.persona_names().resolve(*test.persona, where, problems_);
  return found ? catalog_.shared_persona(*found) : nullptr;
}

void expander::add_matrix(std::string const& set, test_matrix const& matrix) {
  auto const made = pair_up(matrix, catalog_, problems_);
  for (auto const told : made.mentioned) mentioned_[told] = true;
  for (auto const& pair : made.pairs) {
    auto teller = pair.teller ? catalog_.shared_persona(*pair.teller) : catalog_.own_persona(pair.told);
    cell_parts parts{set, matrix.name.value_or(""), catalog_.shared_scenario(pair.told), std::move(teller),
                     matrix.where};
    add(maker_.make(std::move(parts), matrix.settings));
  }
}

bool has_unit_tests(project_inputs const& inputs) {
  return std::any_of(inputs.unit_tests.begin(), inputs.unit_tests.end(),
                     [](auto const& file) { return !file.tests.empty() || !file.matrices.empty(); });
}

void expander::add_unmentioned(std::size_t told) {
  std::optional<input_problem> wrong;
  auto const tellers = tellers_of_unmentioned(told, wrong);
  for (auto const& teller : tellers) {
    auto const shared = catalog_.shared_scenario(told);
    auto planned = maker_.make({set_of_unmentioned, {}, shared, teller, shared->where}, {});
    planned.unmentioned = has_unit_tests(inputs_);
    if (wrong) planned.problems.push_back(*wrong);
    add(std::move(planned));
  }
}

// Without any persona the cell gets a nameless one and a problem, so that selection can still leave it out.
std::vector<std::shared_ptr<persona const>> expander::tellers_of_unmentioned(
    std::size_t told, std::optional<input_problem>& wrong) {
  if (auto own = catalog_.own_persona(told)) return {std::move(own)};
  std::vector<std::shared_ptr<persona const>> tellers;
  auto const globs = compile_globs(settings_.persona_globs);
  auto const& personas = catalog_.personas();
  for (std::size_t i = 0; i < personas.size(); ++i)
    if (any_matches(globs, personas[i].name)) tellers.push_back(catalog_.shared_persona(i));
  if (!tellers.empty()) return tellers;
  if (globs.empty() && settings_.persona) {
    auto const found = catalog_.persona_names().find(*settings_.persona);
    if (found.size() == 1) return {catalog_.shared_persona(found.front())};
    wrong = catalog_.persona_names().problem_with(*settings_.persona, {});
    wrong->what = "run.persona: " + wrong->what;
  } else if (globs.empty() && personas.size() == 1) {
    return {catalog_.shared_persona(0)};
  } else {
    auto const& scenario = catalog_.scenarios()[told];
    wrong =
        input_problem{input_problem::severity_level::error, scenario.where,
                      "no persona for scenario '" + scenario.name + "', which no unit test mentions",
                      "give `--persona NAME`, set `run.persona`, keep exactly one persona in the project, or "
                      "write a unit test with `persona:`"};
  }
  auto nobody = std::make_shared<persona>();
  nobody->versions.emplace_back();
  return {std::move(nobody)};
}

void expander::add(planned_cell planned) {
  auto const& unit = *planned.unit;
  auto const [entry, is_new] = known_.try_emplace(unit.id.value, unit.where);
  if (is_new) {
    made_.cells.push_back(std::move(planned));
    return;
  }
  std::string what = "a second cell has the id '" + unit.id.value + "'";
  if (auto const first = to_text(entry->second); !first.empty()) what += ", the first is at " + first;
  std::string const remedy = "give one of the two unit tests a `name` of its own";
  // Nobody may ever pick two scenarios that stand in no unit test, so theirs counts only when somebody does.
  for (auto& each : made_.cells)
    if (each.unmentioned && each.unit->id == unit.id)
      return each.problems.push_back({input_problem::severity_level::error, unit.where, what, remedy});
  problems_.error(unit.where, what, remedy);
}

}  // namespace

expansion expand_tests(project_inputs const& inputs, expansion_settings const& settings,
                       input_problems& problems) {
  return expander(inputs, settings, problems).expand();
}

}  // namespace parley
