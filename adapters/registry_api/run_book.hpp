// What one run that was started over HTTP looks like in the store, and how its events change that. Pure: what
// is to be written is asked for.
#pragma once

#include "runner/ports/registry_store.hpp"
#include "runner/run/run_record.hpp"

#include <string>
#include <vector>

namespace parley {

// How an object is to be from now on.
struct object_write {
  object_key key;
  json_value body;
  std::vector<facet> facets;
};

// One per dialect. Cells are numbered as in the run's plan.
class run_book {
 public:
  virtual ~run_book() = default;
  virtual void trial_started(std::size_t cell, int trial, wall_time at) = 0;
  virtual void trial_finished(std::size_t cell, trial_record const& trial, trial_detail const& detail) = 0;
  // After the last trial; `details` are loaded from the journal, so that nothing of an earlier session lacks.
  virtual void ended(run_record const& run) = 0;
  virtual void refused(std::string const& why, wall_time at) = 0;
  // Objects that changed since it was last asked.
  virtual std::vector<object_write> take_writes() = 0;
};

}  // namespace parley
