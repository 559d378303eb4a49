// The finished run: input of every report. Trials are light; what was said is loaded one trial at a time, so
// that a run of any size can be reported in bounded memory.
#pragma once

#include "runner/conversation/conversation_facts.hpp"
#include "runner/conversation/transcript.hpp"
#include "runner/evaluation/verdict.hpp"
#include "runner/inputs/run_plan.hpp"
#include "runner/run/cell_outcome.hpp"
#include "runner/run/outcome_class.hpp"
#include "runner/spending.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace parley {

// The heavy part of a trial.
struct trial_detail {
  transcript conversation;
  evaluation judged;
};

// One attempt at one trial.
struct trial_record {
  int trial = 1;    // from 1
  int attempt = 1;  // from 1; attempts of a trial share its seed
  std::uint64_t seed = 0;
  outcome_class outcome = outcome_class::cancelled;
  std::optional<stop_reason> stopped;
  std::optional<trial_error> error;
  wall_time started_at{};
  std::chrono::microseconds duration{0};
  int interactions = 0;
  std::shared_ptr<party_spending const> used;  // of language models; null: none took part
  std::shared_ptr<trial_detail const> detail;  // empty once it is in the journal: see trial_details
};

// Loads the heavy part of a trial again.
class trial_details {
 public:
  virtual ~trial_details() = default;
  // Never null: an attempt whose record is lost gives an empty transcript with a note.
  virtual std::shared_ptr<trial_detail const> load(cell_id const& cell, trial_record const& trial) const = 0;
};

struct comparison;
struct changed_since;

struct cell_record {
  std::shared_ptr<cell const> planned;
  std::vector<trial_record> trials;   // by number; the last attempt of each, the one that counts
  std::vector<trial_record> earlier;  // attempts that were retried, in order
  cell_outcome outcome = cell_outcome::not_run;
  bool flaky = false;
  std::optional<int> enough;  // sampled until decided: the verdict stood after so many trials
};

// A part of the configuration that verdicts depend on, as text without secrets.
struct pinned_text {
  std::string label;  // what a reader calls it: a model's id. Empty: its name says all
  std::string text;   // a line per key
};

// What is known about a run beside its cells.
struct run_facts {
  run_id id;
  std::uint64_t seed = 1;
  wall_time started_at{};
  std::vector<std::string> command;             // as typed, secrets replaced
  std::map<std::string, std::string> versions;  // "parley" -> "0.1.0", agent name -> declared version
  std::string shard;                            // "2/4"; empty = none
  std::size_t cells_of_all_shards = 0;          // with a shard, and of shards that were merged
  std::vector<std::string> merged_from;         // the runs that were merged; empty = it was held as one
  std::vector<std::string> missing_shards;      // "3/4", of a merge: cells of theirs are in no record
  std::string directory;                        // of the run's artifacts; empty = none
  bool fail_on_flaky = false;                   // policies the exit code depends on
  double max_error_rate = 0;
  std::string baseline;  // what the run is compared with, as it was named; empty = nothing
  double alpha = 0.05;   // for that comparison
  double power = 0.8;    // of --trials auto
  // "agent support", "judge", "simulated_user", "run": what verdicts depend on beside the plan.
  std::map<std::string, pinned_text> configuration;
};

struct run_record {
  run_facts facts;
  std::vector<cell_record> cells;  // in the plan's order
  std::vector<std::string> warnings;
  std::vector<std::string> internal_errors;  // bugs of ours: exit 3
  wall_time finished_at{};
  std::chrono::microseconds wall{0};
  int interrupted_by = 0;    // signal number: 2 or 15; 0 = not interrupted
  bool over_budget = false;  // time or money was used up before the plan was done
  bool complete = true;      // false: read from a torn journal
  std::shared_ptr<trial_details const> details;
  // With a baseline: it decides about exit 1 instead of the plain rule. Null: there is none.
  std::shared_ptr<comparison const> against;
  // Without a baseline: what changed since the earlier runs in which cells passed that do not now. Null:
  // nobody looked, or no such run was found.
  std::shared_ptr<std::vector<changed_since> const> since_passed;
};

// Cells of a merged run that none of its shards had: nothing else is known of them.
std::size_t missing_cells(run_record const& run);

// Of all attempts, those that were retried or replaced too: they were paid for all the same.
party_spending spending_of(cell_record const& cell);
party_spending spending_of(run_record const& run);

// p passed, f failed, e without a verdict of the planned trials: the pass rule met whatever e becomes ->
// passed; unreachable -> failed; otherwise errored; errored with only cancelled or over-budget trials missing
// -> not_run. Fills `outcome` and `flaky` from `trials` and `earlier`.
void settle(cell_record& cell);

}  // namespace parley
