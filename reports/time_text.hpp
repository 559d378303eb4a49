// Times and durations as text, the same in every report. UTC throughout.
#pragma once

#include "runner/conversation/conversation_facts.hpp"

#include <chrono>
#include <string>

namespace parley {

// "2026-11-20T09:00:00": the one form that every reader of JUnit files takes.
std::string junit_timestamp(wall_time at);
// "3.250": seconds, never negative, always with a point.
std::string junit_seconds(std::chrono::microseconds duration);

// For people: "850ms", "1.2s", "4m12s", "1h02m".
std::string short_duration(std::chrono::microseconds duration);

}  // namespace parley
