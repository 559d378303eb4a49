#include "adapters/http/http_server.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/loopback_server.hpp"
#include "tests/support/raw_client.hpp"
#include "tests/support/run_on.hpp"

#include <boost/asio/io_context.hpp>

namespace parley {
namespace {

using std::chrono::milliseconds;
using test::loopback_server;
using test::raw_client;
using test::run_until;

constexpr milliseconds short_time{30};
std::string const request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
std::string const answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";

struct limited {
  boost::asio::io_context io{1};
  http_server_limits limits;
  limited() { limits.closing_time = short_time; }
};

// Sends the bytes one by one until the server has closed.
void trickle(raw_client& client, std::string const& bytes) {
  bool open = true;
  for (std::size_t i = 0; open && i < 100'000'000; ++i)
    open = client.send(std::string(1, bytes[i % bytes.size()]));
  CHECK_FALSE(open);
}

TEST_CASE_METHOD(limited, "a header that does not arrive in time is answered with 408") {
  limits.header_time = short_time;
  loopback_server server(io, limits);
  raw_client client(io, server.port());
  client.send(request + "GET / HTTP/1.1\r\nHo");
  auto const received = client.receive_all();
  CHECK(received.starts_with(answer + "HTTP/1.1 408 Request Timeout\r\n"));
  CHECK(received.find("Connection: close\r\n") != std::string::npos);
  CHECK(server.requests.size() == 1);
}

TEST_CASE_METHOD(limited, "a header that comes in single bytes for too long is cut off") {
  limits.header_time = short_time;
  limits.header = 1'000'000'000;
  loopback_server server(io, limits);
  raw_client client(io, server.port());
  client.send("GET / HTTP/1.1\r\nHost: h\r\n");
  trickle(client, "X: y\r\n");
  CHECK(server.requests.empty());
}

TEST_CASE_METHOD(limited, "a connection that says nothing at all is closed without a word") {
  limits.header_time = short_time;
  loopback_server server(io, limits);
  raw_client client(io, server.port());
  CHECK(client.receive_all().empty());
}

TEST_CASE_METHOD(limited, "a body that does not arrive in time is answered with 408") {
  limits.body_time = short_time;
  loopback_server server(io, limits);
  raw_client client(io, server.port());
  auto const framing =
      GENERATE("Content-Length: 5\r\n\r\nab", "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n1");
  client.send(std::string("POST / HTTP/1.1\r\nHost: h\r\n") + framing);
  CHECK(client.receive_all().starts_with("HTTP/1.1 408 "));
  CHECK(server.requests.empty());
}

TEST_CASE_METHOD(limited, "a body that comes in single bytes for too long is cut off, its rate counts") {
  limits.body_time = short_time;
  limits.body_rate = 1'000'000'000;
  limits.body = 1'000'000'000;
  loopback_server server(io, limits);
  raw_client client(io, server.port());
  client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 500000000\r\n\r\n");
  trickle(client, "x");
  CHECK(server.requests.empty());
}

TEST_CASE_METHOD(limited, "a body may take longer the more of it has come") {
  limits.body_time = milliseconds(1);
  limits.body_rate = 10;
  loopback_server server(io, limits);
  raw_client client(io, server.port());
  client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 101\r\n\r\n" + std::string(100, 'x'));
  bool late = false;
  test::after(io, milliseconds(50), [&late] { late = true; });
  run_until(io, [&] { return late; });
  client.send("y");
  CHECK(client.receive_until("{}") == answer);
}

TEST_CASE_METHOD(limited, "a connection that rests for too long between requests is closed") {
  limits.idle_time = short_time;
  loopback_server server(io, limits);
  raw_client client(io, server.port());
  client.send(request);
  CHECK(client.receive_all() == answer);
  client.close();
  run_until(io, [&] { return server.server().connections_open() == 0; });
}

TEST_CASE_METHOD(limited, "a handler may take its time") {
  limits.header_time = limits.body_time = limits.idle_time = limits.send_time = short_time;
  loopback_server server(io, limits);
  server.delay = 3 * short_time;
  raw_client client(io, server.port());
  client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  CHECK(client.receive_all().starts_with("HTTP/1.1 200 OK\r\n"));
}

TEST_CASE_METHOD(limited, "a client that does not read its reply is cut off") {
  limits.send_time = short_time;
  loopback_server server(io, limits);
  server.answers = {http_response(200, std::string(std::size_t{40} << 20, 'x'))};
  raw_client client(io, server.port());
  client.send(request);
  run_until(io, [&] { return !server.requests.empty(); });
  run_until(io, [&] { return server.server().connections_open() == 0; });
  CHECK(client.receive_all().size() < std::size_t{40} << 20);
}

TEST_CASE_METHOD(limited, "a client that reads slowly gets the whole of a large reply") {
  limits.send_time = milliseconds(500);
  loopback_server server(io, limits);
  server.answers = {http_response(200, std::string(std::size_t{10} << 20, 'x') + "end")};
  raw_client client(io, server.port());
  client.send(request);
  CHECK(client.receive_until("end").size() > std::size_t{10} << 20);
}

TEST_CASE_METHOD(limited, "a client that was refused and does not close is cut off") {
  loopback_server server(io, limits);
  raw_client client(io, server.port());
  client.send("nonsense\r\n\r\n");
  CHECK(client.receive_all().starts_with("HTTP/1.1 400 Bad Request\r\n"));
  run_until(io, [&] { return server.server().connections_open() == 0; });
}

TEST_CASE_METHOD(limited, "the newest of too many connections is told to come back later") {
  limits.connections = 1;
  limits.turned_away = 1;
  limits.closing_time = milliseconds(5000);
  loopback_server server(io, limits);
  raw_client first(io, server.port());
  first.send(request);
  CHECK(first.receive_until("{}") == answer);
  raw_client second(io, server.port());
  raw_client third(io, server.port());
  CHECK(third.receive_all().empty());
  second.send(request);
  auto const refused = second.receive_all();
  CHECK(refused.starts_with("HTTP/1.1 503 Service Unavailable\r\n"));
  CHECK(refused.find("Retry-After: 1\r\n") != std::string::npos);
  CHECK(refused.find("Connection: close\r\n") != std::string::npos);
  second.close();
  first.send(request);
  CHECK(first.receive_until("{}") == answer);
  first.close();
  run_until(io, [&] { return server.server().connections_open() == 0; });
  raw_client fourth(io, server.port());
  fourth.send(request);
  CHECK(fourth.receive_until("{}") == answer);
  CHECK(server.server().connections_accepted() == 2);
}

}  // namespace
}  // namespace parley
