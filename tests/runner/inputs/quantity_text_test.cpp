#include "runner/inputs/quantity_text.hpp"

#include "tests/support/catch.hpp"

using namespace parley;
using namespace std::chrono_literals;

TEST_CASE("Durations are a number with a unit") {
  CHECK(parse_duration("250ms") == 250ms);
  CHECK(parse_duration("30s") == 30s);
  CHECK(parse_duration("5m") == 5min);
  CHECK(parse_duration("1h") == 1h);
  CHECK(parse_duration("1.5s") == 1500ms);
  CHECK(parse_duration("0s") == 0ms);
  for (auto const* bad :
       {"", "30", "s", "-1s", "1 s", "1.s", ".5s", "1.2.3s", "1d", "1S", "99999999h", "1e3s", "nan"})
    CHECK(parse_duration(bad) == std::nullopt);
}

TEST_CASE("A duration is written in the largest unit that needs no fraction") {
  CHECK(to_text(250ms) == "250ms");
  CHECK(to_text(90'000ms) == "90s");
  CHECK(to_text(300'000ms) == "5m");
  CHECK(to_text(7'200'000ms) == "2h");
  CHECK(to_text(0ms) == "0s");
}

TEST_CASE("Sizes are an integer with a binary unit") {
  CHECK(parse_size("16KiB") == 16384U);
  CHECK(parse_size("8MiB") == 8388608U);
  CHECK(parse_size("1GiB") == 1073741824U);
  CHECK(parse_size("12B") == 12U);
  for (auto const* bad : {"", "8", "8MB", "1.5MiB", "-1B", "99999999GiB", "MiB"})
    CHECK(parse_size(bad) == std::nullopt);
}
