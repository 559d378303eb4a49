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

struct listening {
  boost::asio::io_context io{1};
  http_server_limits limits;
  std::vector<refused_request> refused;

  // What is told of the bytes, and the status that is answered.
  int answer_to(std::string const& bytes) {
    loopback_server server(io, limits);
    server.server().on_refused([this](refused_request const& one) { refused.push_back(one); });
    raw_client client(io, server.port());
    client.send(bytes);
    auto const received = client.receive_all();
    REQUIRE(received.starts_with("HTTP/1.1 "));
    return std::stoi(received.substr(9, 3));
  }
};

TEST_CASE_METHOD(listening, "a request that is refused before the handler is told of with its status") {
  limits.body = 10;
  limits.header = 1000;
  std::vector<std::pair<std::string, int>> const cases{
      {"nonsense\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(2000, 'x') + "\r\n\r\n", 431},
      {"GET /" + std::string(2000, 'x') + " HTTP/1.1\r\nHost: h\r\n\r\n", 414},
      {"POST /a?b HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n", 413}};
  for (auto const& [bytes, status] : cases) {
    INFO(bytes.substr(0, 40));
    refused.clear();
    CHECK(answer_to(bytes) == status);
    REQUIRE(refused.size() == 1);
    CHECK(refused.front().status == status);
    CHECK(refused.front().peer == "127.0.0.1");
    CHECK(refused.front().bytes > 0);
  }
  CHECK(refused.front().method == "POST");
  CHECK(refused.front().target == "/a?b");
}

TEST_CASE_METHOD(listening, "a request that does not arrive in time is told of as far as it came") {
  limits.header_time = limits.body_time = milliseconds(30);
  CHECK(answer_to("GET / HTTP/1.1\r\nHo") == 408);
  CHECK(answer_to("PUT /x HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nab") == 408);
  REQUIRE(refused.size() == 2);
  CHECK(refused.at(0).method.empty());
  CHECK(refused.at(1).method == "PUT");
  CHECK(refused.at(1).target == "/x");
}

TEST_CASE_METHOD(listening, "a connection that is turned away is told of") {
  limits.connections = 0;
  CHECK(answer_to("GET / HTTP/1.1\r\nHost: h\r\n\r\n") == 503);
  REQUIRE(refused.size() == 1);
  CHECK(refused.front().status == 503);
}

TEST_CASE_METHOD(listening, "a request that is answered is not told of as refused") {
  CHECK(answer_to("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n") == 200);
  CHECK(refused.empty());
}

}  // namespace
}  // namespace parley
