// Points in time as RFC 3339 text: in UTC, or as the clock on a wall in some IANA zone shows them.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

// Appends "2026-11-20T09:00:00Z", with three digits of a fraction when there is one. Years 0 to 9999. Written
// by hand because requests and the journal do it several thousand times a second.
void append_rfc3339(std::string& out, std::chrono::sys_time<std::chrono::milliseconds> at);

// The same as a text of its own: "2026-11-20T09:00:00Z"; a fraction of three digits only when there is one.
std::string to_rfc3339(std::chrono::sys_time<std::chrono::milliseconds> at);

// "2026-11-20T10:00:00+01:00" in the zone; `Z` when the zone is UTC itself or not known to the system.
std::string to_local_rfc3339(std::chrono::sys_time<std::chrono::milliseconds> at, std::string const& zone);

// Whether the system's zone table has this IANA name.
bool is_known_timezone(std::string const& name);

// A date and time with `Z` or an offset; digits beyond milliseconds are cut. nullopt for anything else.
std::optional<std::chrono::sys_time<std::chrono::milliseconds>> parse_rfc3339(std::string_view text);

}  // namespace parley
