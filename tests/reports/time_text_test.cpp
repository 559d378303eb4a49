#include "reports/time_text.hpp"

#include "runner/inputs/local_time.hpp"
#include "tests/support/catch.hpp"

using namespace parley;
using namespace std::chrono_literals;

TEST_CASE("The fast writer of times agrees with the one that people's texts use") {
  wall_time const start = std::chrono::sys_days(std::chrono::year(1999) / 12 / 31) + 23h + 59min;
  for (auto const step : {0ms, 1ms, 59'999ms, 60'000ms, 86'400'123ms, 5'184'000'000ms}) {
    std::string text;
    append_rfc3339(text, start + step);
    CHECK(text == to_rfc3339(start + step));
    CHECK(parse_rfc3339(text) == start + step);
  }
}

TEST_CASE("JUnit takes seconds with three decimals, and times without zone or fraction") {
  CHECK(junit_seconds(3'250'100us) == "3.250");
  CHECK(junit_seconds(0us) == "0.000");
  CHECK(junit_seconds(-5s) == "0.000");
  CHECK(junit_seconds(7200s) == "7200.000");
  CHECK(junit_timestamp(wall_time(1'700'000'000'999ms)) == "2023-11-14T22:13:20");
}

TEST_CASE("Durations are short for people") {
  CHECK(short_duration(850ms) == "850ms");
  CHECK(short_duration(1230ms) == "1.2s");
  CHECK(short_duration(59'960ms) == "1m00s");
  CHECK(short_duration(252s) == "4m12s");
  CHECK(short_duration(3720s) == "1h02m");
}
