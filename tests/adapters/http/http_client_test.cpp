#include "adapters/http/http_client.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/loopback_server.hpp"
#include "tests/support/run_on.hpp"

#include <boost/asio/io_context.hpp>

namespace parley {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using test::loopback_server;

struct http_fixture {
  boost::asio::io_context io{1};
  loopback_server server{io};
  http_client_settings settings;
  std::unique_ptr<http_client> client;

  http_fixture() { settings.retry_base = milliseconds(1); }

  outcome<http_reply> send(std::string const& url, std::string const& body = "{}",
                           milliseconds limit = milliseconds(5000), piece_sink const* sink = nullptr,
                           boost::asio::cancellation_signal* signal = nullptr) {
    if (!client) client = std::make_unique<http_client>(io, settings);
    auto const route = client->prepare("POST", url);
    if (route.has_error()) return route.error();
    return test::run_on(io, client->send(*route, body, steady_clock::now() + limit, sink), signal);
  }

  failure fail(std::string const& url, milliseconds limit = milliseconds(5000)) {
    auto const result = send(url, "{}", limit);
    REQUIRE(result.has_error());
    return result.error();
  }
};

http_response raw(std::string bytes) {
  http_response answer;
  answer.fault.raw = std::move(bytes);
  answer.fault.close_when_sent = true;
  return answer;
}

http_response with_header(int status, std::string name, std::string value) {
  http_response answer(status);
  answer.headers.emplace_back(std::move(name), std::move(value));
  return answer;
}

TEST_CASE_METHOD(http_fixture, "a request carries its body, its configured headers and its target") {
  settings.headers = {{"Authorization", "Bearer abc"}, {"X-Team", "qa"}};
  server.answers = {http_response(200, R"({"ok":true})")};
  auto const reply = send(server.url("/chat?room=1"), R"({"a":"ü"})");
  REQUIRE(reply.has_value());
  CHECK(reply->status == 200);
  CHECK(reply->body == R"({"ok":true})");
  REQUIRE(server.requests.size() == 1);
  auto const& request = server.requests[0];
  CHECK(request.method == "POST");
  CHECK(request.target == "/chat?room=1");
  CHECK(request.body == R"({"a":"ü"})");
  CHECK(*find_header(request.headers, "Host") == "127.0.0.1:" + std::to_string(server.port()));
  CHECK(*find_header(request.headers, "Content-Type") == "application/json");
  CHECK(*find_header(request.headers, "Authorization") == "Bearer abc");
  CHECK(*find_header(request.headers, "X-Team") == "qa");
  CHECK(find_header(request.headers, "Accept-Encoding") == nullptr);
}

TEST_CASE_METHOD(http_fixture, "one connection carries request after request") {
  for (int i = 0; i < 5; ++i) REQUIRE(send(server.url()).has_value());
  CHECK(server.requests.size() == 5);
  CHECK(server.server().connections_accepted() == 1);
}

TEST_CASE_METHOD(http_fixture, "a connection idle for longer than keep_alive is not used again") {
  settings.keep_alive = milliseconds(0);
  for (int i = 0; i < 3; ++i) REQUIRE(send(server.url()).has_value());
  CHECK(server.server().connections_accepted() == 3);
}

TEST_CASE_METHOD(http_fixture, "a pooled connection the server has closed is replaced without a word") {
  http_response closing(200, "{}");
  closing.fault.close_when_sent = true;
  server.answers = {closing};
  REQUIRE(send(server.url()).has_value());
  io.poll();  // the close reaches us
  REQUIRE(send(server.url()).has_value());
  CHECK(server.requests.size() == 2);
  CHECK(server.server().connections_accepted() == 2);
}

TEST_CASE_METHOD(http_fixture, "an answer that says close is not followed on the same connection") {
  server.answers = {raw("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"),
                    http_response(200, "{}")};
  REQUIRE(send(server.url()).has_value());
  REQUIRE(send(server.url()).has_value());
  CHECK(server.server().connections_accepted() == 2);
}

TEST_CASE_METHOD(http_fixture, "a body without a length ends with its connection") {
  server.answers = {raw("HTTP/1.0 200 OK\r\n\r\n{\"old\":1}")};
  auto const reply = send(server.url());
  REQUIRE(reply.has_value());
  CHECK(reply->body == R"({"old":1})");
}

TEST_CASE_METHOD(http_fixture, "interim replies are skipped") {
  server.answers = {raw("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]")};
  auto const reply = send(server.url());
  REQUIRE(reply.has_value());
  CHECK(reply->body == "[]");
}

TEST_CASE_METHOD(http_fixture, "a request that may have reached the agent is never sent again") {
  http_response cut(200, R"({"long":"enough"})");
  SECTION("no reply at all") {
    cut = raw("");
  }
  SECTION("cut off in the headers") {
    cut.fault.close_after = 20;
  }
  SECTION("cut off in the body") {
    cut.fault.close_after = 80;
  }
  server.answers = {cut, http_response(200, "{}")};
  auto const why = fail(server.url());
  CHECK(why.code == failure_code::agent_transport);
  CHECK(why.detail.find("127.0.0.1:" + std::to_string(server.port())) != std::string::npos);
  CHECK(why.detail.find("closed the connection") != std::string::npos);
  CHECK(server.requests.size() == 1);
}

TEST_CASE_METHOD(http_fixture, "an idempotent agent is asked again after a broken reply") {
  settings.idempotent = true;
  server.answers = {raw(""), raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"),
                    http_response(200, R"({"x":1})")};
  auto const reply = send(server.url());
  REQUIRE(reply.has_value());
  CHECK(reply->body == R"({"x":1})");
  CHECK(server.requests.size() == 3);
}

TEST_CASE_METHOD(http_fixture, "an idempotent agent is asked four times at most") {
  settings.idempotent = true;
  server.answers = {raw("")};
  CHECK(fail(server.url()).code == failure_code::agent_transport);
  CHECK(server.requests.size() == 4);
}

TEST_CASE_METHOD(http_fixture, "429 and 503 are asked again, three times at most") {
  int const status = GENERATE(429, 503);
  SECTION("and then the reply counts") {
    server.answers = {http_response(status), http_response(status), http_response(status),
                      http_response(200, "{}")};
    REQUIRE(send(server.url()).has_value());
    CHECK(server.requests.size() == 4);
  }
  SECTION("and then it is the agent's fault") {
    server.answers = {http_response(status, "busy")};
    auto const why = fail(server.url());
    CHECK(why.code == failure_code::agent_protocol);
    CHECK(why.detail.find(std::to_string(status)) != std::string::npos);
    CHECK(why.detail.find("busy") != std::string::npos);
    CHECK(server.requests.size() == 4);
  }
}

TEST_CASE_METHOD(http_fixture, "Retry-After is waited for, unless it lies beyond the deadline") {
  SECTION("waited for") {
    server.answers = {with_header(429, "Retry-After", "1"), http_response(200, "{}")};
    auto const began = steady_clock::now();
    REQUIRE(send(server.url()).has_value());
    CHECK(steady_clock::now() - began >= std::chrono::seconds(1));
  }
  SECTION("too far away") {
    server.answers = {with_header(429, "Retry-After", "60"), http_response(200, "{}")};
    auto const began = steady_clock::now();
    CHECK(fail(server.url()).code == failure_code::agent_protocol);
    CHECK(steady_clock::now() - began < std::chrono::seconds(1));
    CHECK(server.requests.size() == 1);
  }
}

TEST_CASE_METHOD(http_fixture, "any other status outside 2xx fails at once and shows what the agent said") {
  int const status = GENERATE(400, 401, 404, 500, 502);
  server.answers = {http_response(status, "no\x1b[2Jway\n")};
  auto const why = fail(server.url());
  CHECK(why.code == failure_code::agent_protocol);
  CHECK(why.detail.find("status " + std::to_string(status)) != std::string::npos);
  CHECK(why.detail.find("no [2Jway ") != std::string::npos);
  CHECK(server.requests.size() == 1);
}

TEST_CASE_METHOD(http_fixture, "307 and 308 are followed with method, body and headers") {
  int const status = GENERATE(307, 308);
  settings.headers = {{"Authorization", "Bearer abc"}};
  server.answers = {with_header(status, "Location", "/new?x=1"), http_response(200, R"({"n":1})")};
  auto const reply = send(server.url("/old"), "[1]");
  REQUIRE(reply.has_value());
  CHECK(reply->body == R"({"n":1})");
  REQUIRE(server.requests.size() == 2);
  CHECK(server.requests[1].target == "/new?x=1");
  CHECK(server.requests[1].method == "POST");
  CHECK(server.requests[1].body == "[1]");
  CHECK(*find_header(server.requests[1].headers, "Authorization") == "Bearer abc");
}

TEST_CASE_METHOD(http_fixture, "another origin gets no configured header") {
  loopback_server other(io);
  settings.headers = {{"Authorization", "Bearer abc"}, {"Cookie", "a=b"}, {"X-Api-Key", "k"}};
  server.answers = {with_header(307, "Location", other.url("/there"))};
  REQUIRE(send(server.url()).has_value());
  REQUIRE(other.requests.size() == 1);
  CHECK(other.requests[0].body == "{}");
  for (auto const* name : {"Authorization", "Cookie", "X-Api-Key"})
    CHECK(find_header(other.requests[0].headers, name) == nullptr);
}

TEST_CASE_METHOD(http_fixture, "redirects that are refused") {
  SECTION("the sixth") {
    server.answers = {with_header(308, "Location", "/again")};
    CHECK(fail(server.url()).code == failure_code::agent_protocol);
    CHECK(server.requests.size() == 6);
  }
  SECTION("with another status") {
    server.answers = {with_header(302, "Location", "/login")};
    auto const why = fail(server.url());
    CHECK(why.code == failure_code::agent_protocol);
    CHECK(why.detail.find("302") != std::string::npos);
    CHECK(server.requests.size() == 1);
  }
  SECTION("to nowhere") {
    server.answers = {with_header(307, "Location", "ftp://example.test/")};
    CHECK(fail(server.url()).code == failure_code::agent_protocol);
  }
}

TEST_CASE_METHOD(http_fixture, "a body over max_body is refused before it is read") {
  settings.limits.body = 1000;
  SECTION("announced") {
    server.answers = {raw("HTTP/1.1 200 OK\r\nContent-Length: 200000000\r\n\r\nxxx")};
  }
  SECTION("chunked") {
    http_response large(200, std::string(600, 'x'));
    large.pieces = {http_piece(std::string(600, 'x'))};
    server.answers = {large};
  }
  SECTION("until the end of the connection") {
    server.answers = {raw("HTTP/1.1 200 OK\r\n\r\n" + std::string(2000, 'x'))};
  }
  auto const why = fail(server.url());
  CHECK(why.code == failure_code::agent_protocol);
  CHECK(why.detail.find("max_body") != std::string::npos);
}

TEST_CASE_METHOD(http_fixture, "what is not HTTP is a protocol error") {
  server.answers = {raw("SSH-2.0-OpenSSH_9.2\r\n\r\n")};
  CHECK(fail(server.url()).code == failure_code::agent_protocol);
  server.answers = {raw("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx")};
  CHECK(fail(server.url()).code == failure_code::agent_protocol);
}

TEST_CASE_METHOD(http_fixture,
                 "the first byte, silence inside a reply and the whole reply have limits of their own") {
  SECTION("first byte") {
    settings.limits.first_byte = milliseconds(100);
    server.delay = milliseconds(2000);
    auto const began = steady_clock::now();
    auto const why = fail(server.url());
    CHECK(why.code == failure_code::agent_timeout);
    CHECK(why.detail.find("first_byte") != std::string::npos);
    auto const took = steady_clock::now() - began;
    CHECK(took >= milliseconds(100));
    CHECK(took < milliseconds(1000));
  }
  SECTION("idle") {
    settings.limits.idle = milliseconds(100);
    http_response trickle(200, "[");
    trickle.pieces = {http_piece("1", milliseconds(2000))};
    server.answers = {trickle};
    auto const why = fail(server.url());
    CHECK(why.code == failure_code::agent_timeout);
    CHECK(why.detail.find("idle") != std::string::npos);
  }
  SECTION("whole") {
    http_response trickle(200, "[");
    for (int i = 0; i < 100; ++i) trickle.pieces.emplace_back(" ", milliseconds(20));
    server.answers = {trickle};
    auto const why = fail(server.url(), milliseconds(150));
    CHECK(why.code == failure_code::agent_timeout);
    CHECK(why.detail.find("within the time limit") != std::string::npos);
  }
  CHECK(server.requests.size() == 1);
}

TEST_CASE_METHOD(http_fixture, "a slow trickle within the idle limit is a reply") {
  settings.limits.idle = milliseconds(400);
  http_response trickle(200, "[");
  for (int i = 0; i < 8; ++i) trickle.pieces.emplace_back(" ", milliseconds(80));
  trickle.pieces.emplace_back("]");
  server.answers = {trickle};
  auto const reply = send(server.url());
  REQUIRE(reply.has_value());
  CHECK(reply->body == "[        ]");
}

TEST_CASE_METHOD(http_fixture, "a deadline that has passed sends nothing") {
  CHECK(fail(server.url(), milliseconds(-1)).code == failure_code::agent_timeout);
  CHECK(server.requests.empty());
}

TEST_CASE_METHOD(http_fixture, "nobody listening is a transport failure after the retries") {
  auto const port = server.port();
  server.server().close();
  io.restart();
  io.poll();
  auto const why = fail("http://127.0.0.1:" + std::to_string(port));
  CHECK(why.code == failure_code::agent_transport);
  CHECK(why.detail.find("127.0.0.1:" + std::to_string(port)) != std::string::npos);
  CHECK(why.detail.find("3 retries") != std::string::npos);
}

TEST_CASE_METHOD(http_fixture, "names are resolved, and unknown ones named") {
  REQUIRE(send("http://localhost:" + std::to_string(server.port()) + "/").has_value());
  CHECK(*find_header(server.requests[0].headers, "Host") == "localhost:" + std::to_string(server.port()));
  auto const why = fail("http://no-such-host.invalid/");
  CHECK(why.code == failure_code::agent_transport);
  CHECK(why.detail.find("no-such-host.invalid") != std::string::npos);
}

TEST_CASE_METHOD(http_fixture, "cancelling is neither a timeout nor a transport failure") {
  boost::asio::cancellation_signal signal;
  server.delay = milliseconds(3000);
  SECTION("while a reply is awaited") {}
  SECTION("while a retry is waited for") {
    server.delay = milliseconds(0);
    server.answers = {with_header(503, "Retry-After", "3")};
  }
  test::after(io, milliseconds(50), [&] { signal.emit(boost::asio::cancellation_type::terminal); });
  auto const began = steady_clock::now();
  auto const result = send(server.url(), "{}", milliseconds(5000), nullptr, &signal);
  REQUIRE(result.has_error());
  CHECK(result.error().code == failure_code::cancelled);
  CHECK(steady_clock::now() - began < milliseconds(2000));
  CHECK(server.requests.size() == 1);
}

TEST_CASE_METHOD(http_fixture, "pieces of a streamed reply arrive one by one, until there are enough") {
  http_response streamed(200, "one");
  streamed.pieces = {http_piece("two", milliseconds(5)), http_piece("three", milliseconds(5)),
                     http_piece("never", milliseconds(5000))};
  server.answers = {streamed, http_response(200, "{}")};
  std::string seen;
  piece_sink const sink = [&](std::string_view piece) {
    seen.append(piece).append("|");
    return piece != "three";
  };
  REQUIRE(send(server.url(), "{}", milliseconds(4000), &sink).has_value());
  CHECK(seen == "one|two|three|");
  REQUIRE(send(server.url()).has_value());  // the abandoned connection is not used again
  CHECK(server.server().connections_accepted() == 2);
}

TEST_CASE_METHOD(http_fixture, "requests of one agent are spaced by max_rate") {
  settings.limit.requests_per_second = 20;
  auto const began = steady_clock::now();
  for (int i = 0; i < 4; ++i) REQUIRE(send(server.url()).has_value());
  CHECK(steady_clock::now() - began >= milliseconds(150));
}

TEST_CASE_METHOD(http_fixture, "a large body is sent whole") {
  server.server().close();
  http_server_limits limits;
  limits.body = std::size_t{32} << 20;
  loopback_server patient(io, limits);
  std::string const body(20'000'000, 'b');
  REQUIRE(send(patient.url(), body).has_value());
  REQUIRE(patient.requests.size() == 1);
  CHECK(patient.requests[0].body == body);
}

TEST_CASE_METHOD(http_fixture, "a refusal is heard although the request was not read to its end") {
  server.answers = {http_response(200, "{}")};  // never asked: the body is over the server's limit
  auto const result = send(server.url(), std::string(12'000'000, 'b'));
  REQUIRE(result.has_error());
  // Whether the 413 survives the reset that follows it is up to the kernel.
  bool const heard = result.error().code == failure_code::agent_protocol;
  bool const reset = result.error().code == failure_code::agent_transport;
  CHECK((heard || reset));
  CHECK(server.requests.empty());
}

TEST_CASE_METHOD(http_fixture, "headers that would break the request are refused") {
  settings.headers = {{"X-Text", "a\r\nX-Evil: 1"}};
  CHECK(fail(server.url()).code == failure_code::agent_protocol);
  CHECK(server.requests.empty());
}

}  // namespace
}  // namespace parley
