// Makes one cell from a scenario, a persona and what unit test, configuration and flags say about it.
#pragma once

#include "runner/inputs/expand_tests.hpp"
#include "runner/inputs/glob.hpp"
#include "runner/inputs/reference_index.hpp"
#include "runner/inputs/unit_test.hpp"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace parley {

// What a cell is made of, before any setting is looked up.
struct cell_parts {
  std::string set;
  std::string name;  // of the unit test; empty = none
  std::shared_ptr<scenario const> told;
  std::shared_ptr<persona const> teller;
  source_position where;
};

class cell_maker {
 public:
  explicit cell_maker(expansion_settings const& settings);  // must outlive the maker

  planned_cell make(cell_parts parts, unit_test_settings const& written) const;

 private:
  std::optional<std::string> agent_of(unit_test_settings const& written) const;
  void set_repetitions(cell& made, planned_cell& planned, unit_test_settings const& written) const;
  void set_limits(cell& made, unit_test_settings const& written) const;
  std::optional<std::string> quarantine_of(cell_id const& id) const;

  expansion_settings const& settings_;
  reference_index agents_{"agent"};
  std::vector<std::pair<glob, std::string>> quarantine_;  // on ids, with the reason
};

}  // namespace parley
