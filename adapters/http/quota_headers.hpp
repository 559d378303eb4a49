// What replies say about the quota of a key: `x-ratelimit-remaining-requests`,
// `anthropic-ratelimit-tokens-reset` and their kin. Pure.
#pragma once

#include "adapters/http/http_message.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

bool is_quota_header(std::string_view name);
std::string lower_case(std::string_view name);  // ASCII

// How long until every quota that is used up is there again; nullopt when none is used up. Names are in lower
// case.
std::optional<std::chrono::milliseconds> quota_wait(http_headers const& quotas,
                                                    std::chrono::sys_time<std::chrono::milliseconds> now);

// "1s", "6m0s", "250ms", "1h2m", "12.5" (seconds) or an RFC 3339 time seen from `now`; never negative.
std::optional<std::chrono::milliseconds> parse_quota_reset(
    std::string_view value, std::chrono::sys_time<std::chrono::milliseconds> now);

}  // namespace parley
