#include "adapters/http/tls_stream.hpp"

#include "adapters/http/http_client.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/loopback_server.hpp"
#include "tests/support/run_on.hpp"
#include "tests/support/tls_server.hpp"

#include <boost/asio/io_context.hpp>

namespace parley {
namespace {

using test::tls_server;
using test::tunnel_proxy;

// Two requests over one client.
outcome<http_reply> ask(boost::asio::io_context& io, http_client_settings settings, std::string const& url,
                        int times = 1) {
  settings.retry_base = std::chrono::milliseconds(1);
  http_client client(io, std::move(settings));
  auto const route = client.prepare("POST", url);
  REQUIRE(route.has_value());
  auto const deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  for (int i = 1; i < times; ++i) REQUIRE(test::run_on(io, client.send(*route, "{}", deadline)).has_value());
  return test::run_on(io, client.send(*route, "{}", deadline));
}

std::string url_of(tls_server const& server, std::string const& host) {
  return "https://" + host + ":" + std::to_string(server.port()) + "/chat";
}

TEST_CASE("https works with the authority named by ca_file") {
  boost::asio::io_context io{1};
  tls_server server(io, "DNS:localhost,IP:127.0.0.1");
  http_client_settings settings;
  settings.ca_file = server.ca_file();
  auto const host = GENERATE("localhost", "127.0.0.1");
  auto const reply = ask(io, settings, url_of(server, host), 3);
  REQUIRE(reply.has_value());
  CHECK(reply->body == R"({"tls":true})");
  REQUIRE(server.heads().size() == 3);
  CHECK(server.heads()[0].starts_with("POST /chat HTTP/1.1\r\n"));
}

TEST_CASE("an unknown authority is refused, and trusted only when asked for by name") {
  boost::asio::io_context io{1};
  tls_server server(io, "IP:127.0.0.1");
  http_client_settings settings;
  auto const refused = ask(io, settings, url_of(server, "127.0.0.1"));
  REQUIRE(refused.has_error());
  CHECK(refused.error().code == failure_code::agent_transport);
  CHECK(refused.error().detail.find("certificate") != std::string::npos);
  CHECK(refused.error().detail.find("ca_file") != std::string::npos);
  CHECK(server.heads().empty());
  settings.insecure = true;
  CHECK(ask(io, settings, url_of(server, "127.0.0.1")).has_value());
}

TEST_CASE("a certificate for another name is refused and says whose it is") {
  boost::asio::io_context io{1};
  tls_server server(io, "DNS:other.test,IP:127.0.0.2");
  http_client_settings settings;
  settings.ca_file = server.ca_file();
  std::string const host = GENERATE("localhost", "127.0.0.1");
  auto const refused = ask(io, settings, url_of(server, host));
  REQUIRE(refused.has_error());
  CHECK(refused.error().code == failure_code::agent_transport);
  CHECK(refused.error().detail.find("is for other.test, 127.0.0.2, not for " + host) != std::string::npos);
  CHECK(server.heads().empty());
}

TEST_CASE("a ca_file that cannot be read fails with its name") {
  boost::asio::io_context io{1};
  http_client_settings settings;
  settings.ca_file = "/nowhere/ca.pem";
  auto const refused = ask(io, settings, "https://127.0.0.1:9/");
  REQUIRE(refused.has_error());
  CHECK(refused.error().detail.find("/nowhere/ca.pem") != std::string::npos);
}

TEST_CASE("https goes through its proxy by CONNECT, checked end to end") {
  boost::asio::io_context io{1};
  tls_server server(io, "DNS:agent.test");
  tunnel_proxy proxy(io, server.port());
  http_client_settings settings;
  settings.ca_file = server.ca_file();
  settings.proxy.https = "http://me:pw@127.0.0.1:" + std::to_string(proxy.port());
  SECTION("tunnelled") {
    auto const reply = ask(io, settings, "https://agent.test/chat", 2);
    REQUIRE(reply.has_value());
    REQUIRE(proxy.heads().size() == 1);
    CHECK(proxy.heads()[0].starts_with("CONNECT agent.test:443 HTTP/1.1\r\n"));
    CHECK(proxy.heads()[0].find("Proxy-Authorization: Basic bWU6cHc=\r\n") != std::string::npos);
    REQUIRE(server.heads().size() == 2);
    CHECK(server.heads()[0].starts_with("POST /chat HTTP/1.1\r\n"));
    CHECK(server.heads()[0].find("Proxy-") == std::string::npos);
  }
  SECTION("refused") {
    proxy.answer = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n";
    auto const refused = ask(io, settings, "https://agent.test/chat");
    REQUIRE(refused.has_error());
    CHECK(refused.error().code == failure_code::agent_transport);
    CHECK(refused.error().detail.find("407") != std::string::npos);
    CHECK(refused.error().detail.find("pw") == std::string::npos);
    CHECK(server.heads().empty());
  }
}

TEST_CASE("a plain server behind https is a transport failure") {
  boost::asio::io_context io{1};
  test::loopback_server plain(io);
  auto const refused = ask(io, {}, "https://127.0.0.1:" + std::to_string(plain.port()) + "/");
  REQUIRE(refused.has_error());
  CHECK(refused.error().code == failure_code::agent_transport);
}

}  // namespace
}  // namespace parley
