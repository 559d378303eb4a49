// Scenarios and personas of a project, found by reference and handed out as shared copies that are trimmed to
// their latest version.
#pragma once

#include "runner/inputs/project_inputs.hpp"
#include "runner/inputs/reference_index.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace parley {

class input_catalog {
 public:
  // `inputs` must outlive the catalog.
  explicit input_catalog(project_inputs const& inputs);

  std::vector<scenario> const& scenarios() const { return inputs_.scenarios; }
  std::vector<persona> const& personas() const { return inputs_.personas; }
  reference_index const& scenario_names() const { return scenario_names_; }
  reference_index const& persona_names() const { return persona_names_; }

  // By place in the lists above; all cells share one copy.
  std::shared_ptr<scenario const> shared_scenario(std::size_t place);
  std::shared_ptr<persona const> shared_persona(std::size_t place);
  // An Eqho document's own persona; empty when the scenario brings none.
  std::shared_ptr<persona const> own_persona(std::size_t scenario_place);

 private:
  project_inputs const& inputs_;
  reference_index scenario_names_{"scenario"};
  reference_index persona_names_{"persona"};
  std::vector<std::shared_ptr<scenario const>> scenarios_;
  std::vector<std::shared_ptr<persona const>> personas_;
  std::vector<std::shared_ptr<persona const>> own_;
};

}  // namespace parley
