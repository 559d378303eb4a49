#include "adapters/http/request_gate.hpp"

#include "adapters/http/endpoint_waits.hpp"
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

TEST_CASE("Retry-After is obeyed as it is, whatever the quotas beside it say") {
  boost::asio::io_context io{1};
  test::loopback_server server(io);
  http_response refused(429, "{}");
  refused.headers = {
      {"Retry-After", "0"}, {"X-RateLimit-Remaining-Requests", "0"}, {"X-RateLimit-Reset-Requests", "6m0s"}};
  server.answers = {refused, http_response(200, "{}")};
  http_client client(io, {});
  auto const route = client.prepare("POST", server.url());
  CHECK(test::run_on(io, client.send(*route, "{}", steady_clock::now() + milliseconds(5000))).has_value());
}

TEST_CASE("an endpoint that wants to be left alone is told of once, and so is what it cost") {
  boost::asio::io_context io{1};
  test::loopback_server server(io);
  http_response refused(429, "{}");
  refused.headers = {{"Retry-After", "900"}};
  server.answers = {refused};
  http_client_settings settings;
  settings.returns_refusals = GENERATE(true, false);
  http_client client(io, settings);
  std::vector<std::string> told;
  endpoint_watch const watch(io, [&](endpoint_wait const& wait) { told.push_back(to_text(wait)); });
  auto const route = client.prepare("POST", server.url());
  auto const send = [&](milliseconds limit) {
    return test::run_on(io, client.send(*route, "{}", steady_clock::now() + limit)).error();
  };
  auto const host = server.url().substr(std::string("http://").size());
  auto const endpoint = host.substr(0, host.find('/'));

  auto const later = endpoint + " said Retry-After: 900, which is later than the time limit";
  auto const first = send(milliseconds(5000));
  CHECK(first.code == failure_code::agent_protocol);
  CHECK(first.detail == endpoint + " answered with status 429: {}; " + later);
  CHECK(told.empty());           // nobody has waited
  for (int i = 0; i < 2; ++i) {  // and nobody waits for what would be too late
    auto const asked = steady_clock::now();
    auto const next = send(milliseconds(60'000));
    CHECK(next.code == failure_code::agent_timeout);
    CHECK(next.detail == later);
    CHECK(steady_clock::now() - asked < milliseconds(30'000));
  }
  CHECK(server.requests.size() == 1);
  CHECK(told ==
        std::vector<std::string>{endpoint + " makes the run wait: nothing is sent to it for 15m, because "
                                            "it said Retry-After: 900"});
}

}  // namespace
}  // namespace parley
