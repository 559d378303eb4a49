#include "adapters/http/retry_wait.hpp"

#include "tests/support/catch.hpp"

namespace parley {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST_CASE("Retry-After is a number of seconds or a date") {
  // 2026-11-20 09:00:00 UTC
  std::chrono::sys_time<milliseconds> const now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 20} +
                                                std::chrono::hours(9)};
  CHECK(parse_retry_after("120", now) == seconds(120));
  CHECK(parse_retry_after(" 0 ", now) == seconds(0));
  CHECK(parse_retry_after("Fri, 20 Nov 2026 09:00:05 GMT", now) == seconds(5));
  CHECK(parse_retry_after("Fri, 20 Nov 2026 08:00:00 GMT", now) == seconds(0));
  for (auto const* text : {"", "soon", "-1", "1.5", "12x", "Fri, 20 Nov"})
    CHECK_FALSE(parse_retry_after(text, now));
}

TEST_CASE("the wait doubles, and chance shortens it by half at most") {
  CHECK(backoff(milliseconds(200), 0, 0) == milliseconds(100));
  CHECK(backoff(milliseconds(200), 0, 0.999) >= milliseconds(199));
  CHECK(backoff(milliseconds(200), 2, 0) == milliseconds(400));
}

}  // namespace
}  // namespace parley
