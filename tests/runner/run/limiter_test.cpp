#include "runner/run/limiter.hpp"

#include "tests/support/catch.hpp"

#include <string>
#include <vector>

using namespace parley;
using namespace std::chrono_literals;
using time_point = limiter::time_point;

namespace {

time_point const began = time_point{} + 1h;

limit_report refused(std::optional<std::chrono::milliseconds> wait = std::nullopt) {
  return {true, wait};
}

int started_at(limiter& of, time_point now) {
  int count = 0;
  while (of.start_at_once(now)) ++count;
  return count;
}

std::vector<limiter::ticket> let_through(limiter& of, time_point now) {
  std::vector<limiter::ticket> all;
  while (auto const ticket = of.next(now)) all.push_back(*ticket);
  return all;
}

TEST_CASE("Without limits everything starts at once") {
  limiter open({});
  for (int i = 0; i < 10'000; ++i) REQUIRE(open.start_at_once(began));
  CHECK(open.in_flight() == 10'000);
  CHECK_FALSE(open.wake_at(began));
}

TEST_CASE("A window opens by one with each answer while it is full") {
  limiter careful({{}, {}, 2.0});
  CHECK(started_at(careful, began) == 2);
  careful.ended(began, {}, began + 1s);
  CHECK(careful.window() == 3.0);
  careful.ended(began, {}, began + 1s);
  CHECK(careful.window() == 3.0);  // it was not full any more: that answer proves nothing
  CHECK(started_at(careful, began + 1s) == 3);
}

TEST_CASE("A refusal halves what was in flight, once for a burst, and then the window opens slowly") {
  limiter open({});
  CHECK(open.start_at_once(began));
  for (int i = 1; i < 8; ++i) REQUIRE(open.start_at_once(began));
  for (int i = 0; i < 4; ++i) open.ended(began, refused(), began + 1s);
  CHECK(open.window() == 4.0);
  for (int i = 0; i < 4; ++i) open.ended(began, {}, began + 1s);
  REQUIRE(open.in_flight() == 0);

  double const before = *open.window();
  CHECK(started_at(open, began + 2s) == static_cast<int>(before));
  open.ended(began + 2s, {}, began + 3s);
  CHECK(*open.window() == Approx(before + 1 / before));

  CHECK(open.start_at_once(began + 3s));
  open.ended(began + 3s, refused(), began + 4s);
  CHECK(*open.window() < before);
}

TEST_CASE("The window never closes altogether") {
  limiter open({});
  for (int i = 1; i < 6; ++i) {
    auto const now = began + i * 1s;
    REQUIRE(open.start_at_once(now));
    open.ended(now, refused(), now + 1ms);
  }
  CHECK(open.window() == 1.0);
  CHECK(open.start_at_once(began + 1h));
}

TEST_CASE("Nothing starts while the endpoint wants to be left alone") {
  limiter open({});
  REQUIRE(open.start_at_once(began));
  open.ended(began, refused(2s), began + 1s);
  CHECK_FALSE(open.start_at_once(began + 2s));
  auto const ticket = open.wait(7);
  CHECK_FALSE(open.next(began + 2s));
  CHECK(open.wake_at(began + 2s) == began + 3s);
  CHECK(open.next(began + 3s) == ticket);
}

TEST_CASE("An exhausted quota that is no refusal only waits") {
  limiter open({});
  REQUIRE(open.start_at_once(began));
  open.ended(began, {false, 5s}, began);
  CHECK_FALSE(open.window());
  CHECK_FALSE(open.start_at_once(began + 4s));
  CHECK(open.start_at_once(began + 5s));
}

TEST_CASE("Requests keep their distance") {
  limiter paced({4.0, {}, {}});
  CHECK(started_at(paced, began) == 1);
  auto const first = paced.wait(1);
  auto const second = paced.wait(1);
  CHECK(paced.wake_at(began) == began + 250ms);
  CHECK(let_through(paced, began + 250ms) == std::vector<limiter::ticket>{first});
  CHECK(let_through(paced, began + 499ms).empty());
  CHECK(let_through(paced, began + 500ms) == std::vector<limiter::ticket>{second});
}

TEST_CASE("Tokens that were used must have come back before more is asked") {
  limiter counted({{}, 600.0, {}});
  REQUIRE(counted.start_at_once(began));
  counted.ended(began, {}, began);
  counted.used(650);
  CHECK_FALSE(counted.start_at_once(began));
  auto const ticket = counted.wait(1);
  auto const later = counted.wake_at(began);
  REQUIRE(later);
  CHECK(*later > began + 5s);
  CHECK(*later < began + 6s);
  CHECK_FALSE(counted.next(*later - 500ms));
  CHECK(counted.next(*later + 1ms) == ticket);
}

TEST_CASE("Flows take turns, whatever the length of their lines") {
  limiter one({{}, {}, 1.0});
  REQUIRE(one.start_at_once(began));
  auto const a1 = one.wait(1);
  auto const a2 = one.wait(1);
  auto const a3 = one.wait(1);
  auto const b1 = one.wait(2);
  CHECK_FALSE(one.start_at_once(began));  // nobody overtakes
  std::vector<limiter::ticket> order;
  for (int i = 0; i < 4; ++i) {
    one.ended(began, refused(), began);  // keeps the window at 1
    for (auto const ticket : let_through(one, began)) order.push_back(ticket);
  }
  CHECK(order == std::vector<limiter::ticket>{a1, b1, a2, a3});
}

TEST_CASE("Whoever gives up leaves the line") {
  limiter one({{}, {}, 1.0});
  REQUIRE(one.start_at_once(began));
  auto const gone = one.wait(1);
  auto const stays = one.wait(2);
  one.give_up(gone);
  one.give_up(gone);  // twice does no harm
  one.ended(began, refused(), began);
  CHECK(let_through(one, began) == std::vector<limiter::ticket>{stays});
}

}  // namespace
