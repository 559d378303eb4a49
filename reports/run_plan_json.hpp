// The stored form of a run's plan: the only place that knows it, for writing and for reading. Format 1. Every
// scenario and persona stands in it once, with its pinned version; cells refer to them. It holds all that
// --resume and `report` need, except sensitive user variables, which are never written.
#pragma once

#include "runner/failure.hpp"
#include "runner/inputs/run_plan.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace parley {

class redaction;

inline constexpr int run_plan_format = 1;

// Secrets inside texts are masked; a masked version no longer agrees with its digest.
void append_run_plan(std::string& out, run_plan const& plan, redaction const& mask);

// Cells of one scenario share it again. Failure: unreadable.
outcome<run_plan> read_run_plan(nlohmann::json const& form);

}  // namespace parley
