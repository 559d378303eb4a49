// From unit tests, matrices and scenarios that stand alone to cells: formats §2. Pure; the same inputs and
// settings give the same cells in the same order.
#pragma once

#include "runner/inputs/input_problems.hpp"
#include "runner/inputs/project_inputs.hpp"
#include "runner/inputs/run_plan.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace parley {

struct declared_agent {
  std::string name;
  std::string id;  // empty = none
  std::optional<std::chrono::milliseconds> turn_timeout;
};

struct quarantined_cells {
  std::string cell;  // an id, or a glob on ids
  std::string reason;
};

// What flags and the configuration say about cells. A flag (`forced_...`) wins over the unit test, which wins
// over the plain value.
struct expansion_settings {
  std::vector<declared_agent> agents;       // `url` among them when --agent-url was given
  std::optional<std::string> forced_agent;  // --agent-url's `url`, else --agent
  std::optional<std::string> agent;         // run.agent
  std::optional<int> forced_trials;
  int trials = 1;
  std::optional<int> until_decided;   // in place of `trials`: at most so many, as the verdict needs
  bool forced_until_decided = false;  // in place of `forced_trials`
  std::optional<pass_rule> forced_rule;
  pass_rule rule;
  std::optional<std::chrono::milliseconds> forced_timeout;
  std::chrono::milliseconds timeout{900'000};
  std::optional<std::chrono::milliseconds> forced_turn_timeout;
  std::chrono::milliseconds turn_timeout{60'000};
  std::optional<std::string> persona;         // run.persona: of scenarios that no unit test mentions
  std::vector<std::string> persona_globs;     // --persona: likewise; elsewhere it only filters
  std::vector<quarantined_cells> quarantine;  // entries that have not expired
};

struct planned_cell {
  std::shared_ptr<cell const> unit;
  bool unmentioned = false;             // its scenario stands in no unit test, though the project has some
  std::vector<input_problem> problems;  // they count only when the cell is selected
};

struct expansion {
  std::vector<planned_cell> cells;          // in the order they were written; ids are unique
  std::vector<std::string> scenario_names;  // all there are, also of those without a cell
  std::vector<std::string> persona_names;
};

// Mistakes in files go to `problems` at once. A cell's agent is empty, or as written, when no declared agent
// could be found for it: `check_selected` says so.
expansion expand_tests(project_inputs const& inputs, expansion_settings const& settings,
                       input_problems& problems);

}  // namespace parley
