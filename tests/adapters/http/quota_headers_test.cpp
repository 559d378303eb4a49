#include "adapters/http/quota_headers.hpp"

#include "tests/support/catch.hpp"

namespace parley {
namespace {

using std::chrono::milliseconds;
std::chrono::sys_time<milliseconds> const now{milliseconds(1'800'000'000'000)};  // 2027-01-15T08:00:00Z

TEST_CASE("resets are written as durations, seconds or times") {
  CHECK(parse_quota_reset("1s", now) == milliseconds(1000));
  CHECK(parse_quota_reset("6m0s", now) == milliseconds(360'000));
  CHECK(parse_quota_reset("250ms", now) == milliseconds(250));
  CHECK(parse_quota_reset("1h2m", now) == milliseconds(3'720'000));
  CHECK(parse_quota_reset("8.64s", now) == milliseconds(8640));
  CHECK(parse_quota_reset("12.5", now) == milliseconds(12'500));
  CHECK(parse_quota_reset("2027-01-15T08:00:03Z", now) == milliseconds(3000));
  CHECK(parse_quota_reset("2027-01-15T07:00:00Z", now) == milliseconds(0));
  for (auto const* nonsense : {"", "soon", "-3s", "1x", "5 s", "1m30", "1e30s"})
    CHECK_FALSE(parse_quota_reset(nonsense, now));
}

TEST_CASE("only what is used up makes anybody wait, and the slowest of it counts") {
  http_headers quotas{{"x-ratelimit-remaining-requests", "0"},
                      {"x-ratelimit-reset-requests", "2s"},
                      {"x-ratelimit-remaining-tokens", "17"},
                      {"x-ratelimit-reset-tokens", "9m"}};
  CHECK(quota_wait(quotas, now) == milliseconds(2000));
  quotas[2].second = "0";
  CHECK(quota_wait(quotas, now) == milliseconds(540'000));
  CHECK(quota_wait({{"anthropic-ratelimit-tokens-remaining", "0"},
                    {"anthropic-ratelimit-tokens-reset", "2027-01-15T08:00:07Z"}},
                   now) == milliseconds(7000));
  CHECK_FALSE(quota_wait({{"x-ratelimit-remaining", "0"}}, now));
  CHECK_FALSE(quota_wait({}, now));
}

TEST_CASE("quota headers are known by their middle") {
  CHECK(is_quota_header("X-RateLimit-Remaining-Tokens"));
  CHECK(is_quota_header("anthropic-ratelimit-requests-reset"));
  CHECK_FALSE(is_quota_header("X-Rate"));
  CHECK_FALSE(is_quota_header(""));
  CHECK(lower_case("X-RateLimit") == "x-ratelimit");
}

}  // namespace
}  // namespace parley
