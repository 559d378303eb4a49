#include "adapters/http/request_gate.hpp"

#include "adapters/http/http_client.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/loopback_server.hpp"
#include "tests/support/run_on.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <vector>

namespace parley {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

struct gate_fixture {
  boost::asio::io_context io{1};
  std::shared_ptr<request_gate> gate;
  std::vector<int> order;

  void limit(double window) { gate = gate_for(io, "key", {{}, {}, window}); }

  boost::asio::awaitable<void> pass_with(int number, std::uint64_t flow) {
    auto pass = co_await gate->enter(flow, steady_clock::now() + milliseconds(5000));
    if (pass.has_value()) order.push_back(number);
    if (pass.has_value()) pass->end({true, {}});  // the window stays at one
  }

  outcome<request_gate::pass> enter(milliseconds wait, boost::asio::cancellation_signal* signal = nullptr) {
    return test::run_on(io, gate->enter(1, steady_clock::now() + wait), signal);
  }
};

TEST_CASE_METHOD(gate_fixture, "those who wait at a gate pass one by one, flow after flow") {
  limit(1);
  auto first = enter(milliseconds(0));
  REQUIRE(first.has_value());
  for (int number : {1, 2, 3, 4})
    boost::asio::co_spawn(io, pass_with(number, number == 4 ? 2 : 1), boost::asio::detached);
  io.restart();
  io.poll();
  CHECK(order.empty());
  first->end({true, {}});
  io.restart();
  io.run();
  CHECK(order == std::vector<int>{1, 4, 2, 3});
}

TEST_CASE_METHOD(gate_fixture, "waiting at a gate ends with the deadline or a cancellation") {
  limit(1);
  auto const held = enter(milliseconds(0));
  REQUIRE(held.has_value());
  auto const late = enter(milliseconds(20));
  REQUIRE(late.has_error());
  CHECK(late.error().code == failure_code::agent_timeout);
  boost::asio::cancellation_signal signal;
  test::after(io, milliseconds(5), [&] { signal.emit(boost::asio::cancellation_type::terminal); });
  auto const cancelled = enter(milliseconds(5000), &signal);
  REQUIRE(cancelled.has_error());
  CHECK(cancelled.error().code == failure_code::cancelled);
}

TEST_CASE_METHOD(gate_fixture, "a pass that is dropped makes room") {
  limit(1);
  { REQUIRE(enter(milliseconds(0)).has_value()); }
  CHECK(enter(milliseconds(0)).has_value());
}

TEST_CASE_METHOD(gate_fixture, "one key has one gate as long as somebody holds it") {
  limit(1);
  CHECK(gate_for(io, "key", {}) == gate);
  CHECK(gate_for(io, "another key", {}) != gate);
  boost::asio::io_context elsewhere{1};
  CHECK(gate_for(elsewhere, "key", {}) != gate);
}

TEST_CASE("a used-up quota holds back the next request, from whichever client of that key") {
  boost::asio::io_context io{1};
  test::loopback_server server(io);
  http_response last(200, "{}");
  last.headers = {{"X-RateLimit-Remaining-Requests", "0"}, {"X-RateLimit-Reset-Requests", "60ms"}};
  server.answers = {last, http_response(200, "{}")};
  http_client_settings settings;
  settings.headers = {{"Authorization", "Bearer one"}};
  http_client judge(io, settings);
  http_client user(io, settings);
  settings.headers = {{"Authorization", "Bearer two"}};
  http_client other(io, settings);
  auto const send = [&](http_client& through) {
    auto const began = steady_clock::now();
    auto const route = through.prepare("POST", server.url());
    REQUIRE(test::run_on(io, through.send(*route, "{}", began + milliseconds(5000))).has_value());
    return steady_clock::now() - began;
  };
  send(judge);
  auto const asked = steady_clock::now();
  send(other);
  auto const spent = steady_clock::now() - asked;
  CHECK(send(user) + spent >= milliseconds(55));
  CHECK(server.requests.size() == 3);
}

}  // namespace
}  // namespace parley
