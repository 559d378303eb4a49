// What a comparison needs of a run: counts, seeds, and what was pinned. Made from a run record or read from a
// baseline file.
#pragma once

#include "runner/statistics/comparison.hpp"
#include "runner/statistics/two_rates.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace parley {

// One thing a cell depended on.
struct pinned_input {
  changed_kind kind = changed_kind::configuration;
  std::string slot;    // which of its kind, when a cell has several: "limits"; pins of one slot are compared
  std::string name;    // "Late delivery refund"
  std::string label;   // "version 3"
  std::string digest;  // equal digests: nothing changed
  friend bool operator==(pinned_input const&, pinned_input const&) = default;
};

// A trial with a verdict.
struct measured_trial {
  int number = 1;
  std::uint64_t seed = 0;
  bool passed = false;
  friend bool operator==(measured_trial const&, measured_trial const&) = default;
};

struct measured_cell {
  cell_id id;
  std::string scenario;  // cells of one scenario form a cluster
  cell_outcome outcome = cell_outcome::not_run;
  bool flaky = false;
  bool quarantined = false;
  bool until_decided = false;  // sampling depended on what was seen
  int most_trials = 1;         // that there could have been
  int without_verdict = 0;
  std::chrono::microseconds trial_time{0};  // of one trial, on average; 0: not known
  std::vector<measured_trial> decided;      // by number
  std::vector<std::size_t> pins;            // into measured_run::pins

  trial_count count() const;
  trial_count first(int most) const;  // of the first so many verdicts
  friend bool operator==(measured_cell const&, measured_cell const&) = default;
};

struct measured_run {
  compared_run told;
  std::uint64_t seed = 1;
  std::vector<measured_cell> cells;
  std::vector<pinned_input> pins;            // each once
  std::map<std::string, std::string> texts;  // by digest; those that are known
};

}  // namespace parley
