// How long to wait before a request is sent again. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace parley {

// The value of a Retry-After header: seconds, or an HTTP date seen from `now`. Never negative.
std::optional<std::chrono::milliseconds> parse_retry_after(
    std::string_view value, std::chrono::sys_time<std::chrono::milliseconds> now);

// Exponential: base * 2^attempt (attempt from 0), times a factor of 0.5 to 1 given by `chance` in [0, 1).
std::chrono::milliseconds backoff(std::chrono::milliseconds base, int attempt, double chance);

}  // namespace parley
