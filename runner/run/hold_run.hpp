// Holds a whole run: as many conversations at once as allowed, until the plan is done or somebody asks to
// stop; tells the journal and the listeners; returns the cells.
#pragma once

#include "runner/run/dispatcher.hpp"
#include "runner/run/event_publisher.hpp"
#include "runner/run/stop_request.hpp"
#include "runner/run/trial_executor.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace parley {

struct measured_run;

struct run_policy {
  int jobs = 16;  // conversations held at once
  retry_policy retries;
  std::optional<int> maxfail;
  std::optional<std::chrono::milliseconds> global_timeout;
  std::optional<double> max_cost;          // of everything models use up; what is under way then is cut off
  std::chrono::milliseconds grace{5'000};  // between draining and cancelling
};

struct run_setup {
  run_facts facts;
  std::shared_ptr<run_plan const> plan;
  run_policy policy;
  trial_services services;
  std::string session;  // begins every conversation id; another one for each session of a run, so that an
                        // agent never takes a repeated trial for the conversation that was cut off
  std::vector<std::vector<trial_record>> kept;   // of an earlier session, per cell; empty = none
  std::shared_ptr<measured_run const> baseline;  // what cells are sampled against; null: none
  std::vector<std::string> warnings;             // of loading, told once the run has begun
};

// Runs on the executor of the coroutine, which must be single-threaded. `stop` and `publisher` outlive it.
boost::asio::awaitable<run_record> hold_run(run_setup setup, stop_request& stop, event_publisher& publisher);

}  // namespace parley
