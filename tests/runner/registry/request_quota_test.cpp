#include "runner/registry/request_quota.hpp"

#include "tests/support/catch.hpp"

using namespace parley;

TEST_CASE("a caller has so many requests a minute, apart from others") {
  request_quota quota(2);
  std::chrono::sys_seconds const now{std::chrono::seconds(1000)};
  CHECK(quota.take("a", now).remaining == 1);
  CHECK(quota.take("a", now).allowed);
  auto const refused = quota.take("a", now + std::chrono::seconds(20));
  CHECK_FALSE(refused.allowed);
  CHECK(refused.resets_in == std::chrono::seconds(40));
  CHECK(quota.take("b", now).allowed);
  CHECK(quota.take("a", now + std::chrono::seconds(60)).allowed);
}
