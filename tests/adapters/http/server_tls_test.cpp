#include "adapters/http/http_client.hpp"
#include "adapters/http/http_server_tls.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/certificate_files.hpp"
#include "tests/support/loopback_server.hpp"
#include "tests/support/raw_client.hpp"
#include "tests/support/run_on.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace parley {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using test::certificate_files;
using test::loopback_server;
using test::raw_client;

constexpr std::chrono::milliseconds short_time{200};

struct secure {
  asio::io_context io{1};
  certificate_files files{"IP:127.0.0.1"};
  http_server_limits limits;

  // As that client: the protocol chosen by ALPN, or "refused".
  std::string shake_hands(unsigned short port, std::string const& offered, int newest = TLS1_3_VERSION) {
    asio::ssl::context context(asio::ssl::context::tls_client);
    SSL_CTX_set_max_proto_version(context.native_handle(), newest);
    SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_VERSION);
    SSL_CTX_set_security_level(context.native_handle(), 0);
    asio::ssl::stream<tcp::socket> stream(io, context);
    auto const* protocols = reinterpret_cast<unsigned char const*>(offered.data());
    SSL_set_alpn_protos(stream.native_handle(), protocols, static_cast<unsigned>(offered.size()));
    stream.next_layer().connect({asio::ip::address_v4::loopback(), port});
    auto const [error] = test::run_on(
        io, stream.async_handshake(asio::ssl::stream_base::client, asio::as_tuple(asio::use_awaitable)));
    if (error) return "refused";
    unsigned char const* chosen = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(stream.native_handle(), &chosen, &size);
    return {reinterpret_cast<char const*>(chosen), size};
  }
};

TEST_CASE_METHOD(secure, "TLS 1.2 and newer are spoken, with HTTP/1.1 by ALPN") {
  loopback_server server(io, limits, files.for_server());
  auto const port = server.port();
  CHECK(shake_hands(port, "\x08http/1.1") == "http/1.1");
  CHECK(shake_hands(port, "\x02h2\x08http/1.1", TLS1_2_VERSION) == "http/1.1");
  CHECK(shake_hands(port, "") == "");
  CHECK(shake_hands(port, "\x02h2") == "refused");
  CHECK(shake_hands(port, "", TLS1_1_VERSION) == "refused");
}

TEST_CASE_METHOD(secure, "a large reply over TLS arrives whole, on one connection with others") {
  loopback_server server(io, limits, files.for_server());
  server.answers = {http_response(200, "{}"), http_response(200, std::string(3'000'000, 'x')),
                    http_response(200, "3")};
  http_client_settings settings;
  settings.ca_file = files.ca_file();
  http_client client(io, settings);
  auto const route = client.prepare("POST", server.url("/"));
  REQUIRE(route.has_value());
  auto const deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  for (std::size_t const size : {2, 3'000'000, 1}) {
    auto const reply = test::run_on(io, client.send(*route, "{}", deadline));
    REQUIRE(reply.has_value());
    CHECK(reply->body.size() == size);
  }
  CHECK(server.server().connections_accepted() == 1);
  CHECK(server.requests[0].peer == "127.0.0.1");
}

TEST_CASE_METHOD(secure, "a client that never shakes hands is cut off and holds up nobody") {
  limits.header_time = short_time;
  loopback_server server(io, limits, files.for_server());
  raw_client silent(io, server.port());
  raw_client halting(io, server.port());
  halting.send("\x16\x03\x01");
  CHECK(shake_hands(server.port(), "\x08http/1.1") == "http/1.1");
  CHECK(silent.receive_all().empty());
  CHECK(halting.receive_all().empty());
}

TEST_CASE_METHOD(secure, "plain HTTP to a TLS port is told so") {
  loopback_server server(io, limits, files.for_server());
  raw_client client(io, server.port());
  client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  auto const received = client.receive_all();
  CHECK(received.starts_with("HTTP/1.1 400 Bad Request\r\n"));
  CHECK(received.find("HTTPS") != std::string::npos);
  CHECK(server.requests.empty());
}

TEST_CASE_METHOD(secure, "files that cannot be used are refused with their name and the reason") {
  test::temporary_folder folder;
  certificate_files const others("IP:127.0.0.1");
  auto const good = files.certificate_file();
  auto const key = files.key_file();
  auto const text = folder.write("text.pem", "hello\n");
  auto const empty = folder.write("empty.pem", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n");
  auto const locked = folder.write("locked.pem", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n");
  // Of another kind; the example of RFC 8410.
  auto const ed25519 = folder.write("ed25519.pem",
                                    "-----BEGIN PRIVATE KEY-----\n"
                                    "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n"
                                    "-----END PRIVATE KEY-----\n");
  struct attempt {
    std::string certificate, key, named, why;
  };
  for (auto const& [certificate_file, key_file, named, why] : {
           attempt{"/nowhere/c.pem", key, "certificate file /nowhere/c.pem", "No such file"},
           attempt{good, "/nowhere/k.pem", "key file /nowhere/k.pem", "No such file"},
           attempt{folder.path().string(), key, folder.path().string(), "irectory"},
           attempt{text, key, text, "not a PEM file"},
           attempt{empty, key, empty, "no certificate that can be used"},
           attempt{key, key, key, "no certificate that can be used"},
           attempt{good, good, "key file " + good, "no private key that can be used"},
           attempt{good, locked, locked, "encrypted"},
           attempt{good, ed25519, "key file " + ed25519, "not the key of the certificate in " + good},
           attempt{good, others.key_file(), "key file " + others.key_file(),
                   "not the key of the certificate in " + good},
       }) {
    auto const refused = http_server_tls::make(certificate_file, key_file);
    REQUIRE(refused.has_error());
    CAPTURE(refused.error().detail, why);
    CHECK(refused.error().code == failure_code::invalid_input);
    CHECK(refused.error().detail.find(named) != std::string::npos);
    CHECK(refused.error().detail.find(why) != std::string::npos);
  }
}

}  // namespace
}  // namespace parley
