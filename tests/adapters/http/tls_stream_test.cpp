#include "adapters/http/tls_stream.hpp"

#include "adapters/http/http_client.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/certificate_files.hpp"
#include "tests/support/loopback_server.hpp"
#include "tests/support/run_on.hpp"
#include "tests/support/tunnel_proxy.hpp"

#include <boost/asio/io_context.hpp>

namespace parley {
namespace {

using test::certificate_files;
using test::loopback_server;
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

std::string url_of(loopback_server const& server, std::string const& host) {
  return "https://" + host + ":" + std::to_string(server.port()) + "/chat";
}

TEST_CASE("https works with the authority named by ca_file") {
  boost::asio::io_context io{1};
  certificate_files const files("DNS:localhost,IP:127.0.0.1");
  loopback_server server(io, {}, files.for_server());
  http_client_settings settings;
  settings.ca_file = files.ca_file();
  auto const host = GENERATE("localhost", "127.0.0.1");
  auto const reply = ask(io, settings, url_of(server, host), 3);
  REQUIRE(reply.has_value());
  CHECK(reply->body == "{}");
  REQUIRE(server.requests.size() == 3);
  CHECK(server.requests[0].target == "/chat");
}

TEST_CASE("an unknown authority is refused, and trusted only when asked for by name") {
  boost::asio::io_context io{1};
  certificate_files const files("IP:127.0.0.1");
  loopback_server server(io, {}, files.for_server());
  http_client_settings settings;
  auto const refused = ask(io, settings, url_of(server, "127.0.0.1"));
  REQUIRE(refused.has_error());
  CHECK(refused.error().code == failure_code::agent_transport);
  CHECK(refused.error().detail.find("certificate") != std::string::npos);
  CHECK(refused.error().detail.find("ca_file") != std::string::npos);
  CHECK(server.requests.empty());
  settings.insecure = true;
  CHECK(ask(io, settings, url_of(server, "127.0.0.1")).has_value());
}

TEST_CASE("a certificate for another name is refused and says whose it is") {
  boost::asio::io_context io{1};
  certificate_files const files("DNS:other.test,IP:127.0.0.2");
  loopback_server server(io, {}, files.for_server());
  http_client_settings settings;
  settings.ca_file = files.ca_file();
  std::string const host = GENERATE("localhost", "127.0.0.1");
  auto const refused = ask(io, settings, url_of(server, host));
  REQUIRE(refused.has_error());
  CHECK(refused.error().code == failure_code::agent_transport);
  CHECK(refused.error().detail.find("is for other.test, 127.0.0.2, not for " + host) != std::string::npos);
  CHECK(server.requests.empty());
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
  certificate_files const files("DNS:agent.test");
  loopback_server server(io, {}, files.for_server());
  tunnel_proxy proxy(io, server.port());
  http_client_settings settings;
  settings.ca_file = files.ca_file();
  settings.proxy.https = "http://me:pw@127.0.0.1:" + std::to_string(proxy.port());
  SECTION("tunnelled") {
    auto const reply = ask(io, settings, "https://agent.test/chat", 2);
    REQUIRE(reply.has_value());
    REQUIRE(proxy.heads().size() == 1);
    CHECK(proxy.heads()[0].starts_with("CONNECT agent.test:443 HTTP/1.1\r\n"));
    CHECK(proxy.heads()[0].find("Proxy-Authorization: Basic bWU6cHc=\r\n") != std::string::npos);
    REQUIRE(server.requests.size() == 2);
    CHECK(server.requests[0].target == "/chat");
    CHECK(find_header(server.requests[0].headers, "Proxy-Authorization") == nullptr);
  }
  SECTION("refused") {
    proxy.answer = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n";
    auto const refused = ask(io, settings, "https://agent.test/chat");
    REQUIRE(refused.has_error());
    CHECK(refused.error().code == failure_code::agent_transport);
    CHECK(refused.error().detail.find("407") != std::string::npos);
    CHECK(refused.error().detail.find("pw") == std::string::npos);
    CHECK(server.requests.empty());
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
