// The page at `/`: served to everybody, and nothing but its own script may run in it.
#include "adapters/formats/digest.hpp"
#include "adapters/registry_api/page_document.hpp"
#include "adapters/registry_api/secret_text.hpp"
#include "tests/support/api_client.hpp"
#include "tests/support/catch.hpp"

#include <cstdio>

using namespace parley;
using namespace parley::test;

namespace {

std::string header(registry_reply const& reply, std::string_view name) {
  auto const* const value = find_header(reply.headers, name);
  return value == nullptr ? std::string() : *value;
}

// What stands between `<name>` and `</name>`, of which there must be one.
std::string element(std::string_view html, std::string const& name) {
  std::string const opening = "<" + name + ">";
  auto const begin = html.find(opening);
  auto const end = html.find("</" + name + ">");
  REQUIRE(begin != html.npos);
  REQUIRE(html.find("<" + name, begin + 1) == html.npos);
  return std::string(html.substr(begin + opening.size(), end - begin - opening.size()));
}

// "sha256-<base64>" as hexadecimal digits.
std::string hex_of(std::string_view digest) {
  auto const bytes = from_base64(digest.substr(std::string_view("sha256-").size()));
  REQUIRE(bytes);
  std::string hex;
  for (char const c : *bytes) {
    char digits[3];
    std::snprintf(digits, sizeof digits, "%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
    hex += digits;
  }
  return hex;
}

}  // namespace

TEST_CASE("the registry's page is served to everybody") {
  api_client client(false);
  auto const reply = client.get("/");
  CHECK(reply.status == 200);
  CHECK(header(reply, "Content-Type") == "text/html; charset=utf-8");
  CHECK(header(reply, "X-Content-Type-Options") == "nosniff");
  CHECK(header(reply, "Referrer-Policy") == "no-referrer");
  CHECK(header(reply, "Cache-Control") == "no-cache");
  CHECK(client.send("HEAD", "/").status == 200);
  CHECK(client.send("POST", "/").status == 405);
  CHECK(client.get("/v1/acme/simulation/scenario").status == 401);
}

TEST_CASE("the registry's page runs its own script alone and talks to its own server alone") {
  api_client client;
  std::string const policy = header(client.get("/"), "Content-Security-Policy");
  page_document const page = registry_page();
  CHECK(policy.starts_with("default-src 'none'; "));
  CHECK(policy.find("script-src '" + std::string(page.script_digest) + "';") != policy.npos);
  CHECK(policy.find("style-src '" + std::string(page.style_digest) + "';") != policy.npos);
  CHECK(policy.find("connect-src 'self';") != policy.npos);
  CHECK(policy.find("frame-ancestors 'none'") != policy.npos);
  CHECK(policy.find("unsafe") == policy.npos);
  CHECK(hex_of(page.script_digest) == sha256_hex(element(page.html, "script")));
  CHECK(hex_of(page.style_digest) == sha256_hex(element(page.html, "style")));
}

TEST_CASE("the registry's page brings everything along") {
  std::string_view const html = registry_page().html;
  CHECK(html.find("<script src") == html.npos);
  CHECK(html.find("stylesheet") == html.npos);
  CHECK(html.find("@import") == html.npos);
  CHECK(html.find("innerHTML") == html.npos);
  CHECK(html.find("%SCRIPT%") == html.npos);
}
