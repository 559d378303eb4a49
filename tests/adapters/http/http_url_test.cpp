#include "adapters/http/http_url.hpp"

#include "tests/support/catch.hpp"

namespace parley {
namespace {

TEST_CASE("a URL is taken apart") {
  std::string why;
  auto const url = parse_http_url("HTTPS://me:p%40w@Agent.Test:8443/a/b?x=1&y=%20#part", why);
  REQUIRE(url);
  CHECK(url->origin == http_origin{true, "agent.test", 8443});
  CHECK(url->target == "/a/b?x=1&y=%20");
  CHECK(url->authorization == "Basic bWU6cEB3");
  auto const bare = parse_http_url("http://[::1]", why);
  REQUIRE(bare);
  CHECK(bare->origin == http_origin{false, "::1", 80});
  CHECK(bare->target == "/");
  CHECK(host_header_of(bare->origin) == "[::1]");
  CHECK(host_and_port(bare->origin) == "[::1]:80");
  auto const query = parse_http_url("http://h?x", why);
  REQUIRE(query);
  CHECK(query->target == "/?x");
}

TEST_CASE("what is no http URL says why") {
  for (auto const* text :
       {"", "agent.test/chat", "ftp://h/", "http://", "http://h:99999/", "http://h:0/", "http://h/a b"}) {
    std::string why;
    INFO(text);
    CHECK_FALSE(parse_http_url(text, why));
    CHECK_FALSE(why.empty());
  }
}

TEST_CASE("a reference is resolved against the URL it came from") {
  std::string why;
  auto const base = parse_http_url("http://h:81/a/b?x=1", why);
  REQUIRE(base);
  auto const target = [&](std::string const& reference) {
    auto const url = resolve_http_url(*base, reference, why);
    return url ? to_text(url->origin) + url->target : why;
  };
  CHECK(target("/c") == "http://h:81/c");
  CHECK(target("c?y") == "http://h:81/a/c?y");
  CHECK(target("//other/c") == "http://other:80/c");
  CHECK(target("https://s/") == "https://s:443/");
}

}  // namespace
}  // namespace parley
