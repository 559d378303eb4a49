// Everything a listener can hear. Events leave the data path sideways; nothing comes back.
#pragma once

#include "runner/inputs/run_plan.hpp"
#include "runner/run/run_record.hpp"

#include <map>
#include <memory>
#include <string>
#include <variant>

namespace parley {

struct run_started {
  run_facts facts;
  std::shared_ptr<run_plan const> plan;
};

struct trial_started {
  std::shared_ptr<cell const> of;
  int trial = 1;
  int attempt = 1;
  // What has been said so far: grows while the attempt is held and may still hold secrets, so it is read on
  // the run's thread and shown only through a redaction. Null where nobody holds one (a journal read again).
  std::shared_ptr<trial_detail const> so_far{};
};

// One attempt ended; `detail` is filled and already free of secrets.
struct trial_finished {
  std::shared_ptr<cell const> of;
  trial_record record;
  bool will_retry = false;
};

// All trials of a cell have their last attempt behind them. Trials are without detail.
struct cell_finished {
  cell_record cell;
};

struct run_warned {
  std::string text;
};

struct run_finished {
  wall_time at{};
  std::chrono::microseconds wall{0};
  int interrupted_by = 0;
  std::vector<std::string> internal_errors;
  bool over_budget = false;                             // time or money was used up before the plan was done
  std::map<std::string, std::string> agent_versions{};  // that the agents themselves told
};

struct run_event {
  std::variant<run_started, trial_started, trial_finished, cell_finished, run_warned, run_finished> what;
};

}  // namespace parley
