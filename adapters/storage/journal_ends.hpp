// What the first and the last line of a journal say, read without what stands between them: enough to list
// runs of any size.
#pragma once

#include "adapters/storage/file_descriptor.hpp"
#include "runner/failure.hpp"
#include "runner/inputs/run_plan.hpp"
#include "runner/run/run_record.hpp"

#include <optional>
#include <string>

namespace parley {

struct journal_ends {
  run_facts facts;
  run_plan plan;
  bool ended_in_order = false;  // the last session came to its end, and says so
};

// Failure: the first line is no start of a run, or cannot be read.
outcome<journal_ends> read_journal_ends(std::string const& path);

// Keeps everybody from writing a journal as long as it lives. nullopt: somebody is writing it now.
std::optional<file_descriptor> lock_journal(std::string const& path);

}  // namespace parley
