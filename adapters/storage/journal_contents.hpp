// A journal read back: the run as far as it got, with light trials; what was said is loaded one trial at a
// time.
#pragma once

#include "adapters/storage/journal_details.hpp"
#include "runner/failure.hpp"
#include "runner/inputs/run_plan.hpp"
#include "runner/run/run_record.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace parley {

struct journal_contents {
  run_record record;  // `complete` is false when the last session did not end in order
  std::shared_ptr<run_plan const> plan;
  std::uint64_t intact_bytes = 0;  // what stands behind them is torn
  bool torn = false;
  std::shared_ptr<journal_index> index;
};

// `path` is an events.jsonl. A torn last line is dropped; a damaged line before it is a failure that names
// the line. A run that was resumed has several sessions: later attempts replace those that were cancelled or
// over budget. Memory does not grow with what was said.
outcome<journal_contents> read_journal(std::string const& path);

}  // namespace parley
