// The list of a project's runs, for people and for programs.
#pragma once

#include "adapters/cli/local_runs.hpp"
#include "reports/terminal_style.hpp"

#include <cstdint>
#include <string>

namespace parley {

// "5 minutes ago", "just now"; what lies in the future is "just now" too.
std::string age_text(std::chrono::milliseconds age);
// "812 B", "1.2 MiB".
std::string size_text(std::uint64_t bytes);
// "2026-11-20 09:00 UTC".
std::string minute_text(wall_time at);
// "FAILED (exit 1): 2 failed, 10 passed", "being written: ...".
std::string result_text(local_run const& run);

// A line for each, with a heading and a sum; safe for a terminal.
std::string runs_table(local_runs const& found, std::string const& folder, wall_time now,
                       terminal_style const& style);
// {"runs":[{"id":...}]}, newest first.
std::string runs_json(local_runs const& found);

}  // namespace parley
