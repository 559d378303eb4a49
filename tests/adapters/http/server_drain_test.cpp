#include "adapters/http/http_server.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/raw_client.hpp"
#include "tests/support/run_on.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>

namespace parley {
namespace {

namespace asio = boost::asio;
using test::raw_client;
using test::run_until;

std::string const request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
std::string const last_answer = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\ndone";

// Requests are held until the gate is opened.
struct holding_server {
  asio::io_context io{1};
  int begun = 0;
  asio::steady_timer gate{io, asio::steady_timer::time_point::max()};
  http_server server{io, {asio::ip::address_v4::loopback(), 0}, [this](http_request) { return hold(); }};
  bool drained = false;

  asio::awaitable<http_response> hold() {
    ++begun;
    co_await gate.async_wait(asio::as_tuple(asio::use_awaitable));
    co_return http_response(200, "done", "");
  }
  void drain() {
    server.drain();
    asio::co_spawn(io, server.drained(), [this](std::exception_ptr) { drained = true; });
  }
  void wait_for_begun(int count) {
    run_until(io, [&] { return begun == count; });
  }
  void wait_for_open(std::size_t count) {
    run_until(io, [&] { return server.connections_open() == count; });
  }
};

TEST_CASE_METHOD(holding_server, "draining answers what is under way, closes what is idle and ends") {
  raw_client busy(io, server.port());
  busy.send(request);
  raw_client begun_late(io, server.port());
  begun_late.send("GET / HTTP/1.1\r\nHo");
  raw_client idle(io, server.port());
  wait_for_begun(1);
  wait_for_open(3);
  drain();
  CHECK(idle.receive_all().empty());
  idle.close();
  CHECK_THROWS_AS(raw_client(io, server.port()), boost::system::system_error);
  begun_late.send("st: h\r\n\r\n");
  wait_for_begun(2);
  CHECK_FALSE(drained);
  gate.cancel();
  CHECK(busy.receive_all() == last_answer);
  CHECK(begun_late.receive_all() == last_answer);
  CHECK_FALSE(drained);
  busy.close();
  begun_late.close();
  run_until(io, [&] { return drained; });
  CHECK(server.connections_open() == 0);
}

TEST_CASE_METHOD(holding_server,
                 "of pipelined requests one at a time is begun, and none anew while draining") {
  raw_client client(io, server.port());
  client.send(request + request + request);
  wait_for_begun(1);
  gate.cancel();
  CHECK(client.receive_until("done").find("Connection: close") == std::string::npos);
  wait_for_begun(2);
  drain();
  gate.cancel();
  CHECK(client.receive_all() == last_answer);
  client.close();
  run_until(io, [&] { return drained; });
  CHECK(begun == 2);
}

TEST_CASE_METHOD(holding_server, "a server without connections is drained at once and lets the loop end") {
  drain();
  io.run();
  CHECK(drained);
}

TEST_CASE_METHOD(holding_server, "a drained server's loop ends although a connection had been watched") {
  raw_client client(io, server.port());
  wait_for_open(1);
  drain();
  CHECK(client.receive_all().empty());
  client.close();
  io.restart();
  io.run();
  CHECK(drained);
}

TEST_CASE_METHOD(holding_server, "closing cuts what draining still waits for") {
  raw_client client(io, server.port());
  client.send(request);
  wait_for_begun(1);
  drain();
  server.close();
  CHECK(client.receive_all().empty());
  gate.cancel();
  run_until(io, [&] { return drained; });
  CHECK(server.connections_open() == 0);
}

}  // namespace
}  // namespace parley
