// The pinned plan of a run: which cells, with which versions, seeds and limits. Nothing in it changes once
// the run has started.
#pragma once

#include "runner/identifiers.hpp"
#include "runner/inputs/criteria.hpp"
#include "runner/inputs/pass_rule.hpp"
#include "runner/inputs/persona.hpp"
#include "runner/inputs/scenario.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

struct conversation_limits {
  int max_interactions = 20;
  std::optional<int> max_steps;
  int max_errors = 5;                              // tool errors in a row that are still tolerated
  std::chrono::milliseconds turn_timeout{60'000};  // one whole reply, tool rounds included
  std::chrono::milliseconds timeout{900'000};      // the whole trial
};

// One unit test inside a run. Its id is stable across nights; trials are never part of it.
struct cell {
  cell_id id;
  std::string set;
  std::string name;                               // of the unit test; empty = none
  std::string description;                        // of the unit test
  std::shared_ptr<scenario const> scenario_used;  // trimmed to its latest version
  std::shared_ptr<persona const> persona_used;    // trimmed to its latest version
  std::string agent;                              // name in the configuration, `url` for --agent-url
  tag_map tags;                                   // unit test, scenario and persona together
  conversation_limits limits;
  pass_rule rule;
  int first_trial = 1;  // the number of the first; seeds follow from numbers
  int trials = 1;
  bool until_decided = false;             // sampling stops when the verdict stands; `trials` is the most
  criteria success;                       // of scenario and unit test, united
  std::optional<std::string> skip;        // reason; the cell is reported as skipped
  std::optional<std::string> quarantine;  // reason; runs, reports, does not gate
  source_position where;                  // of the unit test, else of the scenario
  std::optional<std::size_t> place;       // in the whole run of which this is a shard; else where it stands

  scenario_version const& scenario_content() const { return scenario_used->latest(); }
  persona_version const& persona_content() const { return persona_used->latest(); }
};

struct run_plan {
  run_id id;
  std::uint64_t seed = 1;
  std::vector<std::shared_ptr<cell const>> cells;
};

// The same for a trial under a subset, a shard or another number of jobs; shared by its attempts.
std::uint64_t trial_seed(std::uint64_t run_seed, cell_id const& cell, int trial);

// The same number on every machine and in every release: seeds and shards are made from it.
std::uint64_t stable_hash(std::string_view text);

// ASCII lower-cased, every run of other ASCII than [a-z0-9] one `-`, bytes >= 0x80 stay, ends trimmed,
// empty -> "x".
std::string slug(std::string_view text);

}  // namespace parley
