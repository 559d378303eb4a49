// `parley run --resume RUN`: goes on where a run was cut off. Plan, texts and seeds come from its journal;
// agents and secrets from the configuration of now.
#pragma once

#include "adapters/cli/command_line.hpp"
#include "adapters/cli/run_session.hpp"
#include "adapters/cli/settings.hpp"

#include <functional>

namespace parley {

// Holds a session and writes its reports; returns the exit code.
using session_holder = std::function<int(run_options const&, settings const&, session_request)>;

int resume_run(run_options const& options, session_holder const& hold);

}  // namespace parley
