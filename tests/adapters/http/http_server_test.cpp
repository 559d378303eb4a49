#include "adapters/http/http_server.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/loopback_server.hpp"
#include "tests/support/raw_client.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>

namespace parley {
namespace {

using test::loopback_server;

// Runs the exchange against the server, then lets both end.
std::string answer_to(boost::asio::io_context& io, loopback_server& server, std::string bytes,
                      std::size_t expected = 100'000) {
  std::string received;
  std::exception_ptr thrown;
  boost::asio::co_spawn(io, test::exchange_bytes(server.port(), std::move(bytes), expected),
                        [&](std::exception_ptr e, std::string text) {
                          thrown = e;
                          received = std::move(text);
                          server.server().close();
                        });
  io.restart();
  io.run();
  if (thrown) std::rethrow_exception(thrown);
  return received;
}

TEST_CASE("a request arrives as it was sent and its answer closes when asked to") {
  boost::asio::io_context io{1};
  loopback_server server(io);
  server.answers = {http_response(200, R"({"a":1})")};
  auto const received = answer_to(
      io, server,
      "POST /chat?x=1 HTTP/1.1\r\nHost: h\r\nX-Key: v\r\nConnection: close\r\nContent-Length: 4\r\n\r\nbody");
  CHECK(received ==
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
        "7\r\n\r\n{\"a\":1}");
  REQUIRE(server.requests.size() == 1);
  CHECK(server.requests[0].method == "POST");
  CHECK(server.requests[0].target == "/chat?x=1");
  CHECK(server.requests[0].body == "body");
  REQUIRE(find_header(server.requests[0].headers, "x-key"));
  CHECK(*find_header(server.requests[0].headers, "x-key") == "v");
}

TEST_CASE("pipelined requests are answered in their order on one connection") {
  boost::asio::io_context io{1};
  loopback_server server(io);
  server.answers = {http_response(200, "1", ""), http_response(200, "2", ""), http_response(204)};
  auto const received =
      answer_to(io, server,
                "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx"
                "POST /b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nyz\r\n0\r\n\r\n"
                "GET /c HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  CHECK(received ==
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n2"
        "HTTP/1.1 204 No Content\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n");
  CHECK(server.server().connections_accepted() == 1);
  REQUIRE(server.requests.size() == 3);
  CHECK(server.requests[1].body == "yz");
}

TEST_CASE("too much is refused with the status that says so") {
  boost::asio::io_context io{1};
  http_server_limits limits;
  limits.header = 200;
  limits.body = 10;
  loopback_server server(io, limits);
  auto const [request, status] = GENERATE(table<std::string, std::string>({
      {"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n01234567890", "413"},
      {"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n01234567890\r\n0\r\n\r\n",
       "413"},
      {"GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(300, 'x') + "\r\n\r\n", "431"},
      {"nonsense\r\n\r\n", "400"},
  }));
  auto const received = answer_to(io, server, request);
  CHECK(received.substr(9, 3) == status);
  CHECK(received.find("Connection: close") != std::string::npos);
  CHECK(server.requests.empty());
}

TEST_CASE("an answer can be cut off, raw or streamed") {
  boost::asio::io_context io{1};
  loopback_server server(io);
  http_response answer(200, "0123456789", "");
  std::string expected;
  SECTION("cut off") {
    answer.fault.close_after = 44;
    expected = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234";
    REQUIRE(expected.size() == 44);
  }
  SECTION("raw") {
    answer.fault.raw = "HTTP/1.1 200 Fine\r\n\r\nold";
    answer.fault.close_when_sent = true;
    expected = "HTTP/1.1 200 Fine\r\n\r\nold";
  }
  SECTION("streamed") {
    answer.pieces = {http_piece("abc"), http_piece("defghijklmnopqrst", std::chrono::milliseconds(1))};
    answer.fault.close_when_sent = true;
    expected =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        "a\r\n0123456789\r\n3\r\nabc\r\n11\r\ndefghijklmnopqrst\r\n0\r\n\r\n";
  }
  server.answers = {answer};
  CHECK(answer_to(io, server, "GET / HTTP/1.1\r\nHost: h\r\n\r\n") == expected);
}

TEST_CASE("a client that has finished sending still gets every answer") {
  boost::asio::io_context io{1};
  loopback_server server(io);
  server.answers = {http_response(200, "1", ""), http_response(200, "2", "")};
  test::raw_client client(io, server.port());
  client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\n\r\nGET /half");
  client.finish_sending();
  CHECK(client.receive_all() ==
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n2");
  CHECK(server.requests.size() == 2);
}

TEST_CASE("an answer to HTTP/1.0 knows no chunks and says when the connection stays") {
  boost::asio::io_context io{1};
  loopback_server server(io);
  http_response streamed(200, "ab", "");
  streamed.pieces = {http_piece("cd"), http_piece("ef")};
  server.answers = {http_response(200, "1", ""), streamed};
  test::raw_client client(io, server.port());
  std::string const request = "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
  client.send(request + request);
  CHECK(client.receive_all() ==
        "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\n1"
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabcdef");
}

TEST_CASE("an upload that is refused can still read why") {
  boost::asio::io_context io{1};
  http_server_limits limits;
  limits.body = 10;
  loopback_server server(io, limits);
  test::raw_client client(io, server.port());
  client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n");
  CHECK(client.send(std::string(1'000'000, 'x')));
  CHECK(client.receive_all().starts_with("HTTP/1.1 413 Content Too Large\r\n"));
}

TEST_CASE("the handler is told who asks, on every address listened on") {
  boost::asio::io_context io{1};
  std::vector<std::string> peers;
  http_server server(io, {boost::asio::ip::address_v4::loopback(), 0},
                     [&peers](http_request request) -> boost::asio::awaitable<http_response> {
                       peers.push_back(request.peer);
                       co_return http_response(200);
                     });
  auto const ask = [&io](unsigned short port, std::string const& address) {
    test::raw_client client(io, port, address);
    client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    CHECK(client.receive_until("\r\n\r\n").starts_with("HTTP/1.1 200"));
  };
  ask(server.port(), "127.0.0.1");
  boost::system::error_code no_ipv6;
  boost::asio::ip::tcp::acceptor(io).open(boost::asio::ip::tcp::v6(), no_ipv6);
  if (no_ipv6) {
    WARN("no IPv6 on this machine: " << no_ipv6.message());
    CHECK(peers == std::vector<std::string>{"127.0.0.1"});
    return;
  }
  auto const port_on_six = server.listen({boost::asio::ip::address_v6::loopback(), 0});
  auto const port_on_all = server.listen({boost::asio::ip::address_v6::any(), 0});
  ask(port_on_six, "::1");
  ask(port_on_all, "::1");
  ask(port_on_all, "127.0.0.1");
  CHECK(peers == std::vector<std::string>{"127.0.0.1", "::1", "::1", "127.0.0.1"});
}

TEST_CASE("a client that waits for 100 Continue gets it") {
  boost::asio::io_context io{1};
  loopback_server server(io);
  auto const received = answer_to(
      io, server, "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n", 25);
  CHECK(received == "HTTP/1.1 100 Continue\r\n\r\n");
}

TEST_CASE("a handler that throws answers 500 and the server goes on") {
  boost::asio::io_context io{1};
  http_server server(io, {boost::asio::ip::address_v4::loopback(), 0},
                     [](http_request) -> boost::asio::awaitable<http_response> {
                       throw std::runtime_error("broken");
                       co_return http_response();
                     });
  std::string received;
  boost::asio::co_spawn(
      io,
      test::exchange_bytes(server.port(), "GET / HTTP/1.1\r\nHost: h\r\n\r\nGET / HTTP/1.0\r\n\r\n", 10'000),
      [&](std::exception_ptr, std::string text) {
        received = std::move(text);
        server.close();
      });
  io.run();
  CHECK(received.substr(9, 3) == "500");
  CHECK(received.find("HTTP/1.1 500", 20) != std::string::npos);
}

}  // namespace
}  // namespace parley
