#include "adapters/registry_api/registry_api.hpp"

#include "adapters/registry_api/amigo_views.hpp"
#include "adapters/registry_api/api_reply.hpp"
#include "adapters/registry_api/api_schemas.hpp"
#include "adapters/registry_api/body_reader.hpp"
#include "adapters/registry_api/secret_text.hpp"
#include "runner/registry/text_rules.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace parley {
namespace {

namespace asio = boost::asio;
using nlohmann::json;

// A sender's own id is kept when it is harmless.
std::string request_id(http_headers const& headers) {
  auto const* const given = find_header(headers, "X-Request-Id");
  if (given != nullptr && is_account_name(*given)) return *given;
  return random_hex(8);
}

http_response nothing_here(std::vector<std::string> const& allowed) {
  if (allowed.empty())
    return error_reply({registry_refusal::not_found, "no such path: /openapi.json lists them"});
  auto reply = json_reply(405, {{"detail", "this path does not know this method"}});
  std::string methods;
  for (auto const& method : allowed) methods += (methods.empty() ? "" : ", ") + method;
  reply.headers.emplace_back("Allow", methods);
  return reply;
}

void add_quota(http_response& reply, quota_answer const& quota) {
  reply.headers.emplace_back("X-RateLimit-Limit", std::to_string(quota.limit));
  reply.headers.emplace_back("X-RateLimit-Remaining", std::to_string(quota.remaining));
  reply.headers.emplace_back("X-RateLimit-Reset", std::to_string(quota.resets_in.count()));
}

http_response too_many(quota_answer const& quota) {
  auto reply =
      json_reply(429, {{"detail", "more than " + std::to_string(quota.limit) + " requests a minute"}});
  reply.headers.emplace_back("Retry-After", std::to_string(quota.resets_in.count()));
  add_quota(reply, quota);
  return reply;
}

registry_outcome<void> permit(caller const& who, api_route const& route) {
  for (auto const& need : route.needs)
    if (!may(who.role, need.action, need.kind))
      return registry_error(registry_refusal::forbidden,
                            "this needs the permission " + permission_name(need.action, need.kind));
  return boost::system::in_place_value;
}

// Ids of the Amigo dialect have a grammar; an Eqho id of another form is simply not there.
registry_outcome<void> check_path(api_route const& route, std::map<std::string, std::string> const& path) {
  if (route.access != api_access::amigo) return boost::system::in_place_value;
  for (auto const& [name, value] : path)
    if (name != "organization" && !is_object_id(value))
      return registry_error({field_problem({"path", name}, "no id: expected 24 lower-case hex digits")});
  return boost::system::in_place_value;
}

asio::awaitable<http_response> sign_in(access_control* access, std::shared_ptr<api_call const> call) {
  auto const token = co_await access->sign_in(call->path.at("organization"), call->headers);
  if (!token) co_return error_reply(token.error());
  co_return json_reply(200, {{"id_token", token->token}, {"expires_at", to_iso8601(token->expires_at)}});
}

// Its credentials are its content: nobody is asked for others.
api_route sign_in_route(access_control* access) {
  api_route route;
  route.method = "POST";
  route.path = "/v1/{organization}/user/signin_with_api_key";
  route.summary = "Exchange an API key for a token";
  route.topic = "sign-in";
  route.access = api_access::open;
  route.reply_schema = object_schema({{"id_token", text_schema()}, {"expires_at", time_schema()}});
  route.errors = {401, 404};
  route.answer = [access](std::shared_ptr<api_call const> call) { return sign_in(access, std::move(call)); };
  return route;
}

std::vector<api_route> with(std::vector<api_route> routes, api_route one) {
  routes.push_back(std::move(one));
  return routes;
}

}  // namespace

registry_api::registry_api(registry_services const& services, access_settings access,
                           std::vector<api_route> routes, std::function<void(request_note const&)> on_request)
    : access_(*services.store, access),
      now_(access.now),
      router_(with(std::move(routes), sign_in_route(&access_))),
      on_request_(std::move(on_request)) {
  if (access.requests_a_minute) quota_.emplace(*access.requests_a_minute);
}

asio::awaitable<registry_outcome<caller>> registry_api::identify(api_access access, std::string organization,
                                                                 http_headers const& headers) {
  if (access == api_access::open) co_return caller();
  if (access == api_access::eqho) co_return co_await access_.of_api_key(headers);
  co_return co_await access_.of_token(std::move(organization), headers);
}

asio::awaitable<http_response> registry_api::routed(http_request request, matched_route found,
                                                    request_note& note) {
  api_route const& route = *found.route;
  auto const organization = found.path.find("organization");
  std::string const name = organization == found.path.end() ? std::string() : organization->second;
  auto call = std::make_shared<api_call>();
  auto who = co_await identify(route.access, name, request.headers);
  if (!who) co_return error_reply(who.error());
  if (!who->user.empty()) note.caller = who->organization + "/" + who->user;
  call->who = *std::move(who);
  std::optional<quota_answer> quota;
  if (quota_ && !note.caller.empty()) quota = quota_->take(note.caller, now_());
  if (quota && !quota->allowed) co_return too_many(*quota);
  if (auto const permitted = permit(call->who, route); !permitted) co_return error_reply(permitted.error());
  if (auto const checked = check_path(route, found.path); !checked) co_return error_reply(checked.error());
  call->path = std::move(found.path);
  auto const mark = request.target.find('?');
  if (mark != std::string::npos)
    call->query = query_parameters(std::string_view(request.target).substr(mark + 1));
  call->headers = std::move(request.headers);
  if (route.body != nullptr) {
    auto body = read_body(request.body, *route.body);
    if (!body) co_return error_reply(body.error());
    call->body = *std::move(body);
  }
  std::shared_ptr<api_call const> const shared = std::move(call);
  http_response reply = co_await route.answer(shared);
  if (quota) add_quota(reply, *quota);
  co_return reply;
}

asio::awaitable<http_response> registry_api::answer(http_request request) {
  auto const started = std::chrono::steady_clock::now();
  request_note note;
  note.id = request_id(request.headers);
  note.method = request.method;
  note.target = request.target;
  note.peer = request.peer;
  std::string const path = request.target.substr(0, request.target.find('?'));
  std::string const method = request.method == "HEAD" ? "GET" : request.method;
  matched_route found = router_.match(method, path);
  std::string_view const pattern = found.route == nullptr ? "none" : std::string_view(found.route->path);
  http_response reply;
  if (found.route == nullptr) {
    reply = nothing_here(found.allowed);
  } else {
    try {
      reply = co_await routed(std::move(request), std::move(found), note);
    } catch (std::exception const& thrown) {
      note.error = thrown.what();
    }
    if (!note.error.empty())
      reply =
          json_reply(500, {{"detail", "internal error; the server's log has it under request " + note.id}});
  }
  reply.headers.emplace_back("X-Request-Id", note.id);
  note.status = reply.status;
  note.bytes = reply.body.size();
  note.took = std::chrono::steady_clock::now() - started;
  metrics_.count(method, pattern, reply.status, note.took);
  if (on_request_) on_request_(note);
  co_return reply;
}

void registry_api::note_refused(refused_request const& refused) {
  request_note note;
  note.peer = refused.peer;
  note.method = refused.method;
  note.target = refused.target;
  note.status = refused.status;
  note.bytes = refused.bytes;
  metrics_.count_refused(refused.method, refused.status);
  if (on_request_) on_request_(note);
}

}  // namespace parley
