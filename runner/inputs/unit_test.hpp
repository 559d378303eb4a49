// One line of a tests file: scenario + persona + agent + limits + success criteria.
#pragma once

#include "runner/inputs/criteria.hpp"
#include "runner/inputs/pass_rule.hpp"
#include "runner/inputs/source_position.hpp"
#include "runner/inputs/tags.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace parley {

// Keys a unit test, a matrix entry and `defaults` have in common; absent = not written here.
struct unit_test_settings {
  std::optional<std::string> agent;
  std::optional<int> trials;
  std::optional<pass_rule> rule;
  std::optional<std::chrono::milliseconds> timeout;
  std::optional<std::chrono::milliseconds> turn_timeout;
  std::optional<int> max_interactions;
  std::optional<int> max_steps;
  std::optional<int> max_errors;
  std::optional<std::string> skip;  // the reason
  std::optional<std::string> description;
  tag_map tags;
  criteria success;
};

struct unit_test {
  std::string scenario;  // reference: exact name, else id, else slug
  std::optional<std::string> persona;
  std::optional<std::string> name;
  unit_test_settings settings;  // `defaults` already applied beneath
  source_position where;
  source_position scenario_where;
  source_position persona_where;
};

// Names (globs) and tags that pick scenarios or personas in a matrix. Empty = all.
struct matrix_selector {
  std::vector<std::string> names;  // OR
  std::vector<std::string> tags;   // AND, grammar of --tag
  source_position where;
};

struct matrix_exclusion {
  std::optional<std::string> scenario;
  std::optional<std::string> persona;
};

struct test_matrix {
  matrix_selector scenarios;
  std::optional<matrix_selector> personas;  // absent = all; for an Eqho document just its own
  std::vector<matrix_exclusion> exclude;
  std::optional<std::string> name;
  unit_test_settings settings;
  source_position where;
};

struct unit_test_file {
  std::string set;
  std::vector<unit_test> tests;
  std::vector<test_matrix> matrices;
  source_position where;
};

}  // namespace parley
