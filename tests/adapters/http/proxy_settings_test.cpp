#include "adapters/http/proxy_settings.hpp"

#include "tests/support/catch.hpp"

#include <map>

namespace parley {
namespace {

http_origin origin_of(std::string const& url) {
  std::string why;
  auto const parsed = parse_http_url(url, why);
  REQUIRE(parsed);
  return parsed->origin;
}

bool is_proxied(std::string const& no_proxy, std::string const& url) {
  proxy_settings settings;
  settings.http = settings.https = "http://proxy.test:3128";
  settings.no_proxy = no_proxy;
  std::string why;
  return proxy_for(settings, origin_of(url), why).has_value();
}

TEST_CASE("NO_PROXY names hosts, domains, addresses and ports") {
  CHECK(is_proxied("", "http://agent.test/"));
  CHECK_FALSE(is_proxied("*", "http://agent.test/"));
  CHECK_FALSE(is_proxied("other.test, AGENT.test", "http://agent.test/"));
  CHECK_FALSE(is_proxied("agent.test", "https://a.agent.test/"));
  CHECK_FALSE(is_proxied(".agent.test", "https://a.agent.test/"));
  CHECK_FALSE(is_proxied("*.agent.test", "https://a.agent.test/"));
  CHECK(is_proxied("agent.test", "http://myagent.test/"));
  CHECK(is_proxied("agent.test:81", "http://agent.test/"));
  CHECK_FALSE(is_proxied("agent.test:80", "http://agent.test/"));
  CHECK_FALSE(is_proxied("10.0.0.1", "http://10.0.0.1/"));
  CHECK(is_proxied("10.0.0.1", "http://110.0.0.1/"));
  CHECK_FALSE(is_proxied("fd00::1", "http://[fd00::1]/"));
  CHECK_FALSE(is_proxied("[fd00::1]:8080", "http://[fd00::1]:8080/"));
}

TEST_CASE("loopback is always direct") {
  for (auto const* url :
       {"http://localhost/", "http://127.0.0.1:8080/", "https://127.8.8.8/", "http://[::1]/"})
    CHECK_FALSE(is_proxied("", url));
}

TEST_CASE("the lower-case variables win, and each scheme has its own") {
  std::map<std::string, std::string> const variables{
      {"HTTP_PROXY", "http://upper:1"}, {"http_proxy", "lower:2"}, {"HTTPS_PROXY", "http://secure:3"}};
  auto const settings = proxies_from([&](std::string const& name) -> std::optional<std::string> {
    auto const at = variables.find(name);
    if (at == variables.end()) return std::nullopt;
    return at->second;
  });
  std::string why;
  auto const plain = proxy_for(settings, origin_of("http://agent.test/"), why);
  REQUIRE(plain);
  CHECK(host_and_port(plain->origin) == "lower:2");
  auto const secure = proxy_for(settings, origin_of("https://agent.test/"), why);
  REQUIRE(secure);
  CHECK(host_and_port(secure->origin) == "secure:3");
}

TEST_CASE("a proxy that cannot be used is named without its password") {
  proxy_settings settings;
  settings.http = GENERATE("socks5://me:secret@proxy.test", "https://me:secret@proxy.test");
  std::string why;
  CHECK_FALSE(proxy_for(settings, origin_of("http://agent.test/"), why));
  CHECK(why.find("HTTP_PROXY") != std::string::npos);
  CHECK(why.find("secret") == std::string::npos);
}

}  // namespace
}  // namespace parley
