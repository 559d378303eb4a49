#include "adapters/http/request_reader.hpp"

#include "tests/support/catch.hpp"

#include <vector>

namespace parley {
namespace {

using progress = request_reader::progress;

constexpr std::size_t header_limit = 512;
constexpr std::size_t body_limit = 64;

struct reading {
  std::vector<http_request> requests;
  int refused = 0;  // status; 0 = none
  std::string why;
};

// Gives the bytes in pieces of that size, as a connection would.
reading read(std::string const& bytes, std::size_t piece) {
  request_reader reader(header_limit, body_limit);
  reading found;
  std::string unread;
  for (std::size_t at = 0; at < bytes.size() && found.refused == 0; at += piece) {
    unread += bytes.substr(at, piece);
    for (bool more = true; more && !unread.empty();) {
      auto const step = reader.put(unread);
      unread.erase(0, step.used);
      more = step.reached == progress::complete;
      if (more) found.requests.push_back(reader.take());
      if (step.reached == progress::refused) found.refused = reader.refusal().status;
    }
  }
  found.why = reader.refusal().why;
  return found;
}

std::string with(std::string const& lines, std::string const& rest = "") {
  return "POST /a HTTP/1.1\r\nHost: h\r\n" + lines + "\r\n" + rest;
}

TEST_CASE("a request that two servers could divide differently is refused, whole or byte by byte") {
  auto const [bytes, status] = GENERATE(table<std::string, int>({
      {with("Content-Length: 1\r\nContent-Length: 2\r\n", "xx"), 400},
      {with("Content-Length: 1\r\nContent-Length: 1\r\n", "x"), 400},
      {with("Content-Length: 1, 1\r\n", "x"), 400},
      {with("Content-Length: +1\r\n", "x"), 400},
      {with("Content-Length: -1\r\n", "x"), 400},
      {with("Content-Length: 0x1\r\n", "x"), 400},
      {with("Content-Length: 1 1\r\n", "x"), 400},
      {with("Content-Length: \r\n", "x"), 400},
      {with("Content-Length: 18446744073709551617\r\n", "x"), 400},
      {with("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
      {with("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"), 400},
      {with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
      {with("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n"), 400},
      {with("Transfer-Encoding: identity\r\n", "0\r\n\r\n"), 400},
      {with("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 400},
      {with("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"), 400},
      {with("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 400},
      {with("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n"), 400},
      {with("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"), 400},
      {with("Transfer-Encoding:\vchunked\r\n", "0\r\n\r\n"), 400},
      {"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {with("Content-Length : 1\r\n", "x"), 400},
      {with("X: a\r\n b\r\n"), 400},
      {with("X: a\r\n\tb\r\n"), 400},
      {with(" X: a\r\n"), 400},
      {with("X: a\n"), 400},
      {with("X: a\nContent-Length: 1\r\n", "x"), 400},
      {with("X: a\rContent-Length: 1\r\n", "x"), 400},
      {with(std::string("X: a\0b\r\n", 8)), 400},
      {with(std::string("X\0: b\r\n", 7)), 400},
      {with("X: a\x7f\r\n"), 400},
      {with("no colon\r\n"), 400},
      {with(": no name\r\n"), 400},
      {"GET / HTTP/1.1\nHost: h\n\n", 400},
      {"\n\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", 400},
  }));
  auto const piece = GENERATE(std::size_t{1}, std::size_t{100'000});
  CAPTURE(bytes, piece);
  auto const found = read(bytes, piece);
  CHECK(found.refused == status);
  CHECK(found.why != "");
  CHECK(found.requests.empty());
}

TEST_CASE("a body in broken chunks is refused, whole or byte by byte") {
  auto const [chunks, status] = GENERATE(table<std::string, int>({
      {"-1\r\nx\r\n", 400},
      {"+1\r\nx\r\n", 400},
      {"0x1\r\nx\r\n\r\n", 400},
      {" 1\r\nx\r\n", 400},
      {"\r\nx\r\n", 400},
      {"g\r\nx\r\n", 400},
      {"10000000000000001\r\nx\r\n", 400},
      {"ffffffffffffffff\r\nx\r\n", 413},
      {"41\r\nx", 413},
      {"40\r\n" + std::string(64, 'x') + "\r\n1\r\n", 413},
      {"1\r\nxy\r\n0\r\n\r\n", 400},
      {"1\rxyz", 400},
      {"1;a=\"\r\nx\r\n0\r\n\r\n\"\r\n", 400},
      {"1;" + std::string(9000, 'a'), 431},
      {"0\r\n" + std::string(9000, 'a'), 431},
      {"0\r\nContent-Length: 5\r\n\r\n", 400},
      {"0\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
  }));
  auto const piece = GENERATE(std::size_t{1}, std::size_t{100'000});
  CAPTURE(chunks, piece);
  auto const found = read(with("Transfer-Encoding: chunked\r\n", chunks), piece);
  CHECK(found.refused == status);
  CHECK(found.requests.empty());
}

TEST_CASE("nothing is read behind a refused request") {
  std::string const smuggled = "GET /secret HTTP/1.1\r\nHost: h\r\n\r\n";
  request_reader reader(header_limit, body_limit);
  CHECK(reader.put(with("Content-Length: 0\r\nContent-Length: 4\r\n", smuggled)).reached ==
        progress::refused);
  CHECK(reader.put(smuggled).reached == progress::refused);
}

TEST_CASE("a request line, a host or an expectation that cannot be served is refused") {
  auto const [bytes, status] = GENERATE(table<std::string, int>({
      {"GET / HTTP/1.1\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: me@a\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
      {"GET /\r\nHost: h\r\n\r\n", 400},
      {"GET / \r\nHost: h\r\n\r\n", 400},
      {"GET  / HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"GET /a b HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"GET / HTTP/1.1 \r\nHost: h\r\n\r\n", 400},
      {"GET / HTTP/2.0\r\nHost: h\r\n\r\n", 400},
      {"GET / HTTP/1.2\r\nHost: h\r\n\r\n", 400},
      {"GET / http/1.1\r\nHost: h\r\n\r\n", 400},
      {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400},
      {"GET * HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"CONNECT a.test:443 HTTP/1.1\r\nHost: a.test:443\r\n\r\n", 400},
      {"GET ftp://a.test/ HTTP/1.1\r\nHost: a.test\r\n\r\n", 400},
      {"GET http:///x HTTP/1.1\r\nHost: a.test\r\n\r\n", 400},
      {"GET http://me@a.test/ HTTP/1.1\r\nHost: a.test\r\n\r\n", 400},
      {"G@T / HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {with("Expect: the-impossible\r\n"), 417},
      {"GET /" + std::string(600, 'x') + " HTTP/1.1\r\nHost: h\r\n\r\n", 414},
      {std::string(600, 'x'), 414},
      {with("X: " + std::string(600, 'x') + "\r\n"), 431},
      {with("Content-Length: 65\r\n"), 413},
  }));
  auto const piece = GENERATE(std::size_t{1}, std::size_t{100'000});
  CAPTURE(bytes, piece);
  auto const found = read(bytes, piece);
  CHECK(found.refused == status);
  CHECK(found.requests.empty());
}

TEST_CASE("more headers than anybody sends are refused however short they are") {
  request_reader reader(std::size_t{64} << 10, body_limit);
  std::string many;
  for (int i = 0; i < 300; ++i) many += "a:\r\n";
  CHECK(reader.put(with(many)).reached == progress::refused);
  CHECK(reader.refusal().status == 431);
}

TEST_CASE("targets arrive as path and query, with the host that was meant") {
  struct form {
    std::string line, target, host;
  };
  auto const expected = GENERATE(values<form>({
      {"GET /a?b=%20 HTTP/1.1", "/a?b=%20", "h"},
      {"GET http://other.test:81/a?b HTTP/1.1", "/a?b", "other.test:81"},
      {"GET HTTPS://[::1] HTTP/1.1", "/", "[::1]"},
      {"GET http://other.test?b HTTP/1.1", "/?b", "other.test"},
      {"OPTIONS * HTTP/1.1", "*", "h"},
      {"OPTIONS http://other.test HTTP/1.1", "*", "other.test"},
  }));
  auto const found = read(expected.line + "\r\nHost: h\r\n\r\n", 7);
  REQUIRE(found.requests.size() == 1);
  CHECK(found.requests[0].target == expected.target);
  REQUIRE(found.requests[0].headers.size() == 1);
  CHECK(found.requests[0].headers[0].second == expected.host);
}

TEST_CASE("requests in one piece or in single bytes are the same, trailers never become headers") {
  std::string const bytes = with("Content-Length: 3\r\n", "abc") +
                            with("Transfer-Encoding: Chunked\r\n",
                                 "2;x=\"y\"\r\nde\r\n1\r\nf\r\n0\r\nAuthorization: Bearer x\r\n\r\n") +
                            "\r\nGET /old HTTP/1.0\r\n\r\n";
  auto const piece = GENERATE(std::size_t{1}, std::size_t{5}, std::size_t{100'000});
  auto const found = read(bytes, piece);
  CHECK(found.refused == 0);
  REQUIRE(found.requests.size() == 3);
  CHECK(found.requests[0].body == "abc");
  CHECK(found.requests[1].body == "def");
  CHECK(found.requests[1].headers.size() == 2);
  CHECK(found.requests[2].target == "/old");
}

}  // namespace
}  // namespace parley
