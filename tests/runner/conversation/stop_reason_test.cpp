#include "runner/conversation/stop_reason.hpp"

#include "tests/support/catch.hpp"

using namespace parley;

TEST_CASE("Every stop reason reads back from its own name, and nothing else does") {
  for (auto const* name : {"agent_ended", "user_ended", "max_interactions", "too_many_errors", "timed_out",
                           "cancelled", "agent_failed", "user_failed"}) {
    INFO(name);
    auto const reason = parse_stop_reason(name);
    REQUIRE(reason);
    CHECK(to_text(*reason) == name);
  }
  CHECK_FALSE(parse_stop_reason("user_stop"));
  CHECK_FALSE(parse_stop_reason(""));
}
