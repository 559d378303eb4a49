#include "adapters/registry_api/api_reply.hpp"

#include <nlohmann/json.hpp>

namespace parley {

using nlohmann::json;

int status_of(registry_refusal code) {
  switch (code) {
    case registry_refusal::invalid:
      return 422;
    case registry_refusal::refused:
      return 400;
    case registry_refusal::unauthenticated:
      return 401;
    case registry_refusal::forbidden:
      return 403;
    case registry_refusal::not_found:
      return 404;
    case registry_refusal::conflict:
      return 409;
    case registry_refusal::unavailable:
      return 503;
  }
  return 500;
}

http_response json_reply(int status, json const& body) {
  return http_response(status, body.dump(-1, ' ', false, json::error_handler_t::replace));
}

http_response no_content() {
  http_response reply;
  reply.status = 204;
  return reply;
}

http_response error_reply(registry_error const& error) {
  json detail = error.detail;
  if (!error.problems.empty()) {
    detail = json::array();
    for (auto const& problem : error.problems)
      detail.push_back({{"loc", problem.where}, {"msg", problem.text}, {"type", problem.kind}});
  }
  auto reply = json_reply(status_of(error.code), {{"detail", std::move(detail)}});
  if (error.code == registry_refusal::unavailable) reply.headers.emplace_back("Retry-After", "1");
  if (error.code == registry_refusal::unauthenticated)
    reply.headers.emplace_back("WWW-Authenticate", "Bearer, Basic realm=\"parley\"");
  return reply;
}

}  // namespace parley
