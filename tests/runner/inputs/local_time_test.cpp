#include "runner/inputs/local_time.hpp"

#include "tests/support/catch.hpp"

using namespace parley;
using namespace std::chrono;

namespace {

sys_time<milliseconds> at(std::int64_t seconds_since_1970, int ms = 0) {
  return sys_time<milliseconds>{seconds{seconds_since_1970} + milliseconds{ms}};
}

constexpr std::int64_t nine_in_november = 1795165200;  // 2026-11-20T09:00:00Z
constexpr std::int64_t nine_in_july = 1783069200;      // 2026-07-03T09:00:00Z

}  // namespace

TEST_CASE("UTC is written with Z, a fraction only when there is one") {
  CHECK(to_rfc3339(at(nine_in_november)) == "2026-11-20T09:00:00Z");
  CHECK(to_rfc3339(at(nine_in_november, 250)) == "2026-11-20T09:00:00.250Z");
  CHECK(to_rfc3339(at(0)) == "1970-01-01T00:00:00Z");
}

TEST_CASE("Local time has the zone's offset of that day") {
  CHECK(to_local_rfc3339(at(nine_in_november), "Europe/Berlin") == "2026-11-20T10:00:00+01:00");
  CHECK(to_local_rfc3339(at(nine_in_july), "Europe/Berlin") == "2026-07-03T11:00:00+02:00");
  CHECK(to_local_rfc3339(at(nine_in_november), "America/New_York") == "2026-11-20T04:00:00-05:00");
  CHECK(to_local_rfc3339(at(nine_in_november), "Asia/Kolkata") == "2026-11-20T14:30:00+05:30");
  CHECK(to_local_rfc3339(at(nine_in_november), "America/St_Johns") == "2026-11-20T05:30:00-03:30");
  CHECK(to_local_rfc3339(at(nine_in_november), "UTC") == "2026-11-20T09:00:00Z");
}

TEST_CASE("A zone nobody knows is recognised and reads as UTC") {
  CHECK(is_known_timezone("Europe/Berlin"));
  CHECK(is_known_timezone("UTC"));
  CHECK_FALSE(is_known_timezone("Europe/Atlantis"));
  CHECK_FALSE(is_known_timezone(""));
  CHECK_FALSE(is_known_timezone("../etc/passwd"));
  CHECK(to_local_rfc3339(at(nine_in_november), "Europe/Atlantis") == "2026-11-20T09:00:00Z");
}

TEST_CASE("RFC 3339 is read with Z, offsets and fractions") {
  CHECK(parse_rfc3339("2026-11-20T09:00:00Z") == at(nine_in_november));
  CHECK(parse_rfc3339("2026-11-20T10:00:00+01:00") == at(nine_in_november));
  CHECK(parse_rfc3339("2026-11-20T04:00:00-05:00") == at(nine_in_november));
  CHECK(parse_rfc3339("2026-11-20 09:00:00.2509Z") == at(nine_in_november, 250));
  CHECK(parse_rfc3339("2026-11-20T09:00:00.5z") == at(nine_in_november, 500));
  CHECK(parse_rfc3339("2024-02-29T00:00:00Z"));
}

TEST_CASE("What is no point in time is refused") {
  for (auto const* text :
       {"", "2026-11-20", "2026-11-20T09:00:00", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
        "2026-11-20T24:00:00Z", "2026-11-20T09:60:00Z", "2026-11-20T09:00:61Z", "2026-11-20T09:00:00+24:00",
        "2026-11-20T09:00:00Z ", "26-11-20T09:00:00Z", "tomorrow"}) {
    INFO(text);
    CHECK_FALSE(parse_rfc3339(text));
  }
}
