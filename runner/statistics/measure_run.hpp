// From a run record to what a comparison needs of it.
#pragma once

#include "runner/statistics/measured_run.hpp"

#include <functional>
#include <string>

namespace parley {

struct run_record;

// `hide` takes the secrets out of a text; null: there are none left. Works on light trials. Only the last
// attempt of a trial counts.
measured_run measure_run(run_record const& run,
                         std::function<std::string(std::string)> const& hide = nullptr);

}  // namespace parley
