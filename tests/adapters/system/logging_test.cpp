#include "adapters/system/logging.hpp"

#include "tests/support/catch.hpp"

using namespace parley;

TEST_CASE("Flags choose how much is said") {
  CHECK(log_level_of(0, false) == log_level::warnings);
  CHECK(log_level_of(1, false) == log_level::information);
  CHECK(log_level_of(3, false) == log_level::details);
  CHECK(log_level_of(2, true) == log_level::errors);
}
