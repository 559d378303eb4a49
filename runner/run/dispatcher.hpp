// Owns the state of a run: which trial starts next, which is retried, when a cell is settled, when a run has
// seen enough failures, and of which cells further trials are worth their cost. Pure: executors ask it and
// tell it, it waits for nothing.
#pragma once

#include "runner/inputs/run_plan.hpp"
#include "runner/run/retry_policy.hpp"
#include "runner/run/run_record.hpp"
#include "runner/statistics/sequential_stop.hpp"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace parley {

// One attempt to be held.
struct trial_task {
  std::size_t cell_index = 0;  // in the plan
  int trial = 1;
  int attempt = 1;
  int replaced = 0;  // attempts among them whose simulated user was invalid; they use up no retry
  std::uint64_t seed = 0;
};

class dispatcher {
 public:
  // `kept`: finished trials of an earlier session of the same run, per cell of the plan (empty = none).
  // `sampling` decides about cells that are sampled until decided, as far as they have a baseline; null: none
  // has. The others are sampled until their pass rule cannot change its mind.
  dispatcher(std::shared_ptr<run_plan const> plan, retry_policy retries, std::optional<int> maxfail,
             std::vector<std::vector<trial_record>> kept = {},
             std::unique_ptr<sequential_stop> sampling = nullptr);

  // The next attempt in the plan's order, then those to be retried. nullopt: nothing to start now; whoever
  // finishes an attempt asks again.
  std::optional<trial_task> next();

  struct verdict_on_attempt {
    bool will_retry = false;
    bool cell_settled = false;
    bool enough_failures = false;  // --maxfail was reached with this attempt
  };
  // Takes the attempt over, without its detail. A retried attempt shares its trial's seed; one that replaces
  // an invalid conversation gets a new one, or the model would say the same again.
  verdict_on_attempt finished(trial_task const& task, trial_record record);

  // Nothing starts and nothing is retried any more.
  void stop() { stopped_ = true; }

  cell_record const& state_of(std::size_t cell_index) const { return cells_[cell_index]; }
  // Settles what is left (trials that never ran) and hands all cells over.
  std::vector<cell_record> take_cells();
  // Cells that need no trial at all: skipped ones, and those an earlier session completed.
  std::vector<std::size_t> settled_at_start() const;

 private:
  // How far the trials of a cell have got.
  struct progress {
    int next_number = 1;  // no trial from here on has been handed out
    int started = 0;      // kept ones too
    int ended = 0;        // with their last attempt
    bool decided = false;
    bool settled = false;
  };

  std::optional<trial_task> hand_out(std::size_t cell_index);
  std::optional<trial_task> first_trials();
  std::optional<trial_task> further_trial();
  int first_count(std::size_t cell_index) const;
  std::optional<trial_task> again(trial_task const& task, trial_record const& ended) const;
  bool already_has(std::size_t cell_index, int trial) const;
  void look_at(std::size_t cell_index);
  bool is_decided(std::size_t cell_index);
  bool settle_when_done(std::size_t cell_index);

  std::shared_ptr<run_plan const> plan_;
  retry_policy retries_;
  std::optional<int> maxfail_;
  std::unique_ptr<sequential_stop> sampling_;
  std::vector<cell_record> cells_;
  std::vector<progress> progress_;  // per cell
  std::deque<trial_task> to_retry_;
  std::size_t next_cell_ = 0;  // those before it have had their first trials
  int bad_cells_ = 0;
  bool stopped_ = false;
};

}  // namespace parley
