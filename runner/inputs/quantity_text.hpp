// Durations and sizes as users write them: `250ms 30s 5m 1h`, `16KiB 8MiB`.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

// A decimal number and one of ms, s, m, h (`1.5s` too); nullopt for anything else, negative or above 1000
// days.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);
// The largest unit that says it without a fraction: "90s", "5m", "250ms".
std::string to_text(std::chrono::milliseconds duration);

// An integer and one of B, KiB, MiB, GiB; nullopt for anything else or above 1 TiB.
std::optional<std::size_t> parse_size(std::string_view text);

}  // namespace parley
