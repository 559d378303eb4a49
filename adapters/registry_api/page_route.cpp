#include "adapters/registry_api/page_route.hpp"

#include "adapters/registry_api/page_document.hpp"

namespace parley {
namespace {

namespace asio = boost::asio;

// Only the page's own script runs, it talks to this server alone, and no text becomes markup.
std::string security_policy(page_document const& page) {
  return "default-src 'none'; script-src '" + std::string(page.script_digest) + "'; style-src '" +
         std::string(page.style_digest) +
         "'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
         "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
}

asio::awaitable<http_response> serve_page(std::string type) {
  page_document const page = registry_page();
  http_response reply(200, std::string(page.html), std::move(type));
  reply.headers.emplace_back("Content-Security-Policy", security_policy(page));
  reply.headers.emplace_back("X-Content-Type-Options", "nosniff");
  reply.headers.emplace_back("Referrer-Policy", "no-referrer");
  // Page and server are of one build: an old page must not speak to a new server.
  reply.headers.emplace_back("Cache-Control", "no-cache");
  co_return reply;
}

}  // namespace

api_route page_route() {
  api_route route;
  route.method = "GET";
  route.path = "/";
  route.summary = "The registry as a page for people";
  route.topic = "server";
  route.access = api_access::open;
  route.reply_type = "text/html; charset=utf-8";
  route.answer = [type = route.reply_type](std::shared_ptr<api_call const>) { return serve_page(type); };
  return route;
}

}  // namespace parley
