// What machines read of a run that was not held. Without it yesterday's green report would stay where today's
// should be, and a build that publishes it would show it again.
#pragma once

#include "adapters/cli/settings.hpp"
#include "reports/redaction.hpp"

#include <string>
#include <vector>

namespace parley {

// Writes the reports that go to files and are read by programs (junit, junit-strict, json): no cell,
// `exit_code`, and why. What cannot be written is told on stderr.
void report_refused_run(settings const& from, redaction const& mask, std::vector<std::string> const& command,
                        std::vector<std::string> const& why, int exit_code);

}  // namespace parley
