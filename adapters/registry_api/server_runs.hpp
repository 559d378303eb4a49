// Whoever holds the conversations of runs that were started over HTTP: in the server's own process, with the
// same dispatcher as `parley run`.
#pragma once

#include "runner/evaluation/judge_prompt.hpp"
#include "runner/failure.hpp"
#include "runner/inputs/project_inputs.hpp"
#include "runner/ports/event_listener.hpp"
#include "runner/run/run_record.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace parley {

struct server_run {
  std::string id;                          // 24 hex digits: of the run, its folder, its object
  project_inputs inputs;                   // each unit test is one cell, in this order
  std::vector<metric_definition> metrics;  // those that criteria name
  std::optional<std::string> user_model;   // of the configuration; nullopt: the configured one
  std::optional<double> user_temperature;
};

// Hears of one run, on the io thread.
class run_listener : public event_listener {
 public:
  // Exactly one of the two is called, last.
  virtual void ended(run_record const& run) = 0;
  virtual void refused(std::string why) = 0;
};

// Lives on the io thread.
class server_runs {
 public:
  virtual ~server_runs() = default;
  // Begins now, or when a running one has ended. A run whose folder holds a journal goes on with it: finished
  // trials are kept.
  virtual void start(server_run run, std::shared_ptr<run_listener> heard) = 0;
  // False: it is not under way. Its conversations are cut off, `ended` follows.
  virtual bool cancel(std::string const& id) = 0;
  // The `json` report of a run that has ended. Failure: unreadable.
  virtual outcome<std::string> report(std::string const& id) const = 0;
  virtual bool has_user_model(std::string const& name) const = 0;
};

}  // namespace parley
