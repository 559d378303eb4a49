#include "runner/inputs/input_catalog.hpp"

namespace parley {
namespace {

template <class T>
std::shared_ptr<T> trimmed_copy(T const& source) {
  auto copy = std::make_shared<T>(source);
  copy->versions.erase(copy->versions.begin(), copy->versions.end() - 1);
  return copy;
}

}  // namespace

input_catalog::input_catalog(project_inputs const& inputs)
    : inputs_(inputs),
      scenarios_(inputs.scenarios.size()),
      personas_(inputs.personas.size()),
      own_(inputs.scenarios.size()) {
  for (auto const& each : inputs.scenarios) scenario_names_.add(each.name, each.id.value, each.where);
  for (auto const& each : inputs.personas) persona_names_.add(each.name, each.id.value, each.where);
}

std::shared_ptr<scenario const> input_catalog::shared_scenario(std::size_t place) {
  auto& shared = scenarios_[place];
  if (!shared) {
    auto copy = trimmed_copy(inputs_.scenarios[place]);
    if (copy->lead) copy->lead = *own_persona(place);
    shared = std::move(copy);
  }
  return shared;
}

std::shared_ptr<persona const> input_catalog::shared_persona(std::size_t place) {
  auto& shared = personas_[place];
  if (!shared) shared = trimmed_copy(inputs_.personas[place]);
  return shared;
}

std::shared_ptr<persona const> input_catalog::own_persona(std::size_t scenario_place) {
  auto const& lead = inputs_.scenarios[scenario_place].lead;
  auto& shared = own_[scenario_place];
  if (!shared && lead) shared = trimmed_copy(*lead);
  return shared;
}

}  // namespace parley
