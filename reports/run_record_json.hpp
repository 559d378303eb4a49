// The stored forms of what a run record is made of: the facts of a run and the attempts at its trials. The
// only place that knows them, for writing and for reading. Format 1.
#pragma once

#include "runner/failure.hpp"
#include "runner/run/run_record.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace parley {

inline constexpr int run_record_format = 1;

class json_object_writer;

void append_run_facts(std::string& out, run_facts const& facts);
outcome<run_facts> read_run_facts(nlohmann::json const& form);

// The light members of a trial, into an object already begun; without its detail.
void append_trial_members(json_object_writer& object, trial_record const& trial);
outcome<trial_record> read_trial(nlohmann::json const& form);

// {"transcript": ..., "evaluation": ...}
void append_trial_detail(std::string& out, trial_detail const& detail);
outcome<trial_detail> read_trial_detail(nlohmann::json const& form);

}  // namespace parley
