// What a run is worth against an earlier one: values that every report can print, made by `compare_runs`.
// Rates are of passed among passed and failed trials, between 0 and 1; every p value is one-sided, for "got
// worse".
#pragma once

#include "runner/conversation/conversation_facts.hpp"
#include "runner/identifiers.hpp"
#include "runner/run/cell_outcome.hpp"
#include "runner/statistics/rate_interval.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

enum class cell_word {
  added,               // only in the head; written "new"
  removed,             // only in the base
  new_fail,            // significantly lower, and the cell went from passed to failed; gates
  worse,               // significantly lower; gates
  worse_within_noise,  // lower, but chance does that
  inconclusive,        // lower, and no outcome of so few trials could have been significant; or no verdict
  fixed,               // higher, and the cell went from failed to passed
  better,              // higher
  unchanged,           // equal
};
std::string_view to_text(cell_word word);  // "new", "new-fail", "worse-within-noise", ...

enum class suite_word { regressed, not_regressed, not_enough_evidence };
std::string_view to_text(suite_word word);  // "regressed", "not regressed", "not enough evidence"

// One cell in one of the two runs.
struct compared_side {
  cell_outcome outcome = cell_outcome::not_run;
  bool flaky = false;
  int passed = 0;
  int failed = 0;
  int without_verdict = 0;
  std::optional<rate_interval> interval;  // Wilson; empty when no trial has a verdict

  int decided() const { return passed + failed; }
  std::optional<double> rate() const {
    if (decided() == 0) return std::nullopt;
    return static_cast<double>(passed) / decided();
  }
};

struct compared_cell {
  cell_id id;
  cell_word word = cell_word::unchanged;
  bool gates = false;                 // it makes `run --baseline` and `compare` exit with 1
  bool quarantined = false;           // in the head; such a cell never gates
  std::optional<compared_side> base;  // empty: new
  std::optional<compared_side> head;  // empty: removed
  std::optional<double> p;            // empty: a side has no verdict
  std::optional<double> corrected_p;  // for many cells; what is compared with alpha. Empty: as above
  std::string note;                   // why it is inconclusive, or what else must be known; often empty
  std::vector<std::size_t> changes;   // into comparison::changes: what differs for this cell
};

enum class changed_kind { agent, scenario, persona, judge, model, configuration, tool };
std::string_view to_text(changed_kind kind);  // "agent", "scenario", ...

// One thing that is not what it was in the base run. Texts are untrusted and free of secrets.
struct changed_input {
  changed_kind kind = changed_kind::configuration;
  std::string name;    // "Late delivery refund", "support", "parley"
  std::string before;  // "version 3", "gpt-4o-mini"; empty: there was none
  std::string after;
  // Lines that begin with ' ', '-' or '+', or "..." for what was left out. Empty: the texts are not known.
  std::vector<std::string> diff;
  std::size_t cells = 0;  // how many it concerns
};

struct compared_run {
  std::string name;                     // a run's id
  std::string from;                     // where it was read: a run's folder or a baseline file
  std::optional<wall_time> started_at;  // empty: not known
};

// The whole suite: trials of one number (and seed, where the runs share seeds) are pairs, and the pairs of a
// scenario form one cluster.
struct suite_difference {
  int pairs = 0;
  int scenarios = 0;
  double base_rate = 0;  // over the pairs
  double head_rate = 0;
  double difference = 0;              // head - base
  rate_interval interval{-1, 1};      // of the difference, with confidence 1 - alpha
  std::optional<double> p;            // empty: no outcome could have been significant
  std::optional<double> corrected_p;  // together with the cells
  bool same_seeds = false;            // of all pairs
  int same_seed_pairs = 0;            // of so many
  // The test counts scenarios: so many have another rate, and so many must before any outcome is significant.
  int differing = 0;
  int differing_needed = 0;
};

// What changed since an earlier run in which cells passed that do not now. No statistics: what changed may be
// the reason or not.
struct changed_since {
  struct cell {
    cell_id id;
    std::vector<std::size_t> changes;  // into `changes`
  };
  compared_run passed;
  std::vector<cell> cells;
  std::vector<changed_input> changes;  // each once; empty: nothing that Parley knows of
};

struct comparison {
  compared_run base;
  compared_run head;
  double alpha = 0.05;
  suite_word word = suite_word::not_enough_evidence;
  std::string reason;  // one sentence in plain words
  bool gates = false;  // regressed, or a new cell failed under run --baseline: exit 1
  suite_difference suite;
  std::vector<compared_cell> cells;    // in the head's order, then those that were removed
  std::vector<changed_input> changes;  // of all cells, each once
  std::vector<std::string> warnings;   // what weakens the comparison

  int count(cell_word word) const;
  bool suite_fell() const;   // the pass rate as a whole, beyond chance
  int new_failures() const;  // cells that are not in the base, failed, and gate
};

}  // namespace parley
