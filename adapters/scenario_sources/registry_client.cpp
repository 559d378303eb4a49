#include "adapters/scenario_sources/registry_client.hpp"

#include "adapters/formats/amigo_events.hpp"
#include "adapters/formats/provider_error.hpp"
#include "adapters/http/http_client.hpp"

#include <boost/asio/co_spawn.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <exception>

namespace parley {
namespace {

namespace asio = boost::asio;
using asio::awaitable;
using nlohmann::json;
using std::chrono::steady_clock;

constexpr std::size_t most_at_once = 16;
constexpr std::chrono::seconds token_margin{60};

http_client_settings http_settings(registry_client_settings const& how, bool reads) {
  http_client_settings http;
  http.proxy = how.proxy;
  http.retry_base = how.retry_base;
  http.returns_refusals = true;
  http.max_connections = static_cast<int>(most_at_once);
  http.limits.body = std::size_t{64} << 20;  // all documents of an Eqho API come in one reply
  http.idempotent = reads;
  if (reads) http.retried_statuses = {429, 500, 502, 503, 504};
  return http;
}

// What FastAPI's servers say: a text, or a list of {loc, msg}.
std::string detail_of(json const& body) {
  if (!body.is_object() || !body.contains("detail")) return {};
  json const& detail = body["detail"];
  if (detail.is_string()) return detail.get<std::string>();
  if (!detail.is_array()) return detail.dump(-1, ' ', false, json::error_handler_t::replace);
  std::string text;
  for (json const& problem : detail) {
    if (!problem.is_object()) continue;
    std::string where;
    for (json const& part : problem.value("loc", json::array()))
      where += (where.empty() ? "" : ".") + (part.is_string() ? part.get<std::string>() : part.dump());
    text += (text.empty() ? "" : "; ") + where + ": " + problem.value("msg", std::string());
  }
  return text;
}

registry_answer answer_of(http_reply const& reply, std::vector<std::string> const& secrets) {
  registry_answer answer;
  answer.status = reply.status;
  auto parsed = parse_json(reply.body);
  if (parsed.ok) answer.body = std::move(parsed.value);
  if (!answer.ok()) answer.detail = without_secrets(detail_of(answer.body.get()), secrets);
  return answer;
}

std::string trimmed_to(std::string text, std::size_t most) {
  if (text.size() > most) text = text.substr(0, most) + "...";
  return text;
}

}  // namespace

registry_call amigo_call(std::string method, std::string path, json_value body) {
  return {registry_call::dialect::amigo, std::move(method), std::move(path), std::move(body)};
}

registry_call eqho_call(std::string method, std::string path, json_value body) {
  return {registry_call::dialect::eqho, std::move(method), std::move(path), std::move(body)};
}

struct registry_client::state {
  state(registry_address w, registry_credentials c, registry_client_settings const& how)
      : where(std::move(w)),
        who(std::move(c)),
        limit(how.limit),
        reader(io, http_settings(how, true)),
        writer(io, http_settings(how, false)) {
    // A key of Parley's own begins with its id.
    if (who.api_key_id.empty()) who.api_key_id = who.api_key.substr(0, who.api_key.find('.'));
  }

  registry_address where;
  registry_credentials who;
  std::chrono::milliseconds limit;
  asio::io_context io{1};
  http_client reader;
  http_client writer;
  amigo_token token;

  bool token_is_fresh() const {
    if (token.id_token.empty()) return false;
    auto const now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    return !token.expires_at || now + token_margin < *token.expires_at;
  }
  failure unreachable(failure const& why) const;
  failure not_taken(std::string const& why) const;
  awaitable<outcome<http_reply>> exchange(bool reads, std::string method, std::string url,
                                          http_headers headers, std::string body);
  awaitable<outcome<std::string>> authorization();
  awaitable<outcome<registry_answer>> call_once(registry_call const* call, std::string* used);
  awaitable<outcome<registry_answer>> call(registry_call const* call);
};

failure registry_client::state::unreachable(failure const& why) const {
  if (why.code == failure_code::agent_protocol)
    return {why.code, "the registry at " + where.url + " cannot be understood (" + why.detail +
                          "): is this the right URL?"};
  return {failure_code::agent_transport,
          "cannot reach the registry at " + where.url + " (" + why.detail +
              "): check the URL and that it is running ('parley serve'), or use --offline for what was "
              "pulled last"};
}

failure registry_client::state::not_taken(std::string const& why) const {
  return {failure_code::invalid_input,
          "the registry at " + where.url + " did not take the credentials" +
              (why.empty() ? "" : " (" + why + ")") +
              ": check PARLEY_API_KEY, PARLEY_API_KEY_ID and PARLEY_USER_ID, or registry.* in parley.yaml"};
}

awaitable<outcome<http_reply>> registry_client::state::exchange(bool reads, std::string method,
                                                                std::string url, http_headers headers,
                                                                std::string body) {
  http_client& http = reads ? reader : writer;
  if (!body.empty()) headers.emplace_back("Content-Type", "application/json");
  auto const route = http.prepare(method, url, headers);
  if (route.has_error()) co_return failure(failure_code::agent_protocol, route.error().detail);
  auto reply = co_await http.send(*route, body, steady_clock::now() + limit);
  if (reply.has_error()) co_return unreachable(reply.error());
  co_return *std::move(reply);
}

// The value of Authorization; empty without credentials.
awaitable<outcome<std::string>> registry_client::state::authorization() {
  if (who.api_key.empty()) co_return std::string();
  if (!token_is_fresh()) {
    http_headers headers{
        {"x-api-key", who.api_key}, {"x-api-key-id", who.api_key_id}, {"x-user-id", who.user_id}};
    auto const reply = co_await exchange(
        false, "POST", where.base + "/v1/" + where.organization + "/user/signin_with_api_key",
        std::move(headers), std::string());
    if (reply.has_error()) co_return reply.error();
    std::vector<std::string> const secrets{who.api_key};
    auto const answer = answer_of(*reply, secrets);
    if (answer.status == 404)
      co_return failure(failure_code::invalid_input, "there is no organization '" + where.organization +
                                                         "' at " + where.base + ": check the URL");
    if (answer.status == 401 || answer.status == 403 || answer.status == 422)
      co_return not_taken(answer.detail);
    if (!answer.ok())
      co_return failure(
          failure_code::agent_protocol,
          "the sign-in at " + where.url + " was answered with status " + std::to_string(answer.status));
    auto granted = parse_amigo_token(reply->body);
    if (granted.has_error()) co_return granted.error();
    token = *std::move(granted);
  }
  co_return "Bearer " + token.id_token;
}

awaitable<outcome<registry_answer>> registry_client::state::call_once(registry_call const* call,
                                                                      std::string* used) {
  http_headers headers;
  std::string url = where.base + "/v1/";
  if (call->speaks == registry_call::dialect::amigo) {
    auto const authorized = co_await authorization();
    if (authorized.has_error()) co_return authorized.error();
    *used = *authorized;
    if (!used->empty()) headers.emplace_back("Authorization", *used);
    url += where.organization + call->path;
  } else {
    if (!who.api_key.empty()) headers.emplace_back("X-API-KEY", who.api_key);
    url += "simulation" + call->path;
  }
  std::string body;
  if (!call->body.is_null()) body = call->body.dump();
  bool const reads = call->method == "GET";
  auto const reply =
      co_await exchange(reads, call->method, std::move(url), std::move(headers), std::move(body));
  if (reply.has_error()) co_return reply.error();
  std::vector<std::string> const secrets{who.api_key, token.id_token};
  co_return answer_of(*reply, secrets);
}

awaitable<outcome<registry_answer>> registry_client::state::call(registry_call const* call) {
  std::string used;
  auto answer = co_await call_once(call, &used);
  if (answer.has_error() || answer->status != 401) co_return answer;
  if (!used.empty()) {
    if (used == "Bearer " + token.id_token) token = {};  // unless another call has a new one already
    answer = co_await call_once(call, &used);
    if (answer.has_error() || answer->status != 401) co_return answer;
  }
  co_return not_taken(answer->detail);
}

registry_client::registry_client(registry_address where, registry_credentials who,
                                 registry_client_settings how)
    : state_(std::make_unique<state>(std::move(where), std::move(who), how)) {}

registry_client::~registry_client() = default;

registry_address const& registry_client::where() const {
  return state_->where;
}
registry_credentials const& registry_client::who() const {
  return state_->who;
}

namespace {

struct shared_work {
  std::vector<registry_call> const* calls;
  std::vector<outcome<registry_answer>> answers;
  std::size_t next = 0;
  std::size_t working = 0;
  std::exception_ptr thrown;
};

template <class State>
awaitable<void> work(State* state, shared_work* shared) {
  while (shared->next < shared->calls->size()) {
    std::size_t const place = shared->next++;
    auto answer = co_await state->call(&(*shared->calls)[place]);
    shared->answers[place] = std::move(answer);
  }
}

}  // namespace

std::vector<outcome<registry_answer>> registry_client::send_all(std::vector<registry_call> const& calls) {
  shared_work shared;
  shared.calls = &calls;
  shared.answers.resize(calls.size(), failure(failure_code::cancelled, "not asked"));
  auto const spawn = [&] {
    ++shared.working;
    asio::co_spawn(state_->io, work(state_.get(), &shared), [&shared](std::exception_ptr thrown) {
      --shared.working;
      if (thrown) shared.thrown = thrown;
    });
  };
  for (std::size_t i = 0; i < std::min(most_at_once, calls.size()); ++i) spawn();
  state_->io.restart();
  while (shared.working > 0) state_->io.run_one();
  if (shared.thrown) std::rethrow_exception(shared.thrown);
  return std::move(shared.answers);
}

outcome<registry_answer> registry_client::send(registry_call const& call) {
  std::vector<registry_call> const calls{call};
  return std::move(send_all(calls).front());
}

failure refusal(registry_client const& client, registry_answer const& answer, std::string const& doing) {
  std::string text = "the registry at " + client.where().url + " refused to " + doing + " (status " +
                     std::to_string(answer.status) + ")";
  if (!answer.detail.empty()) text += ": " + trimmed_to(answer.detail, 1000);
  return {answer.status == 403 ? failure_code::invalid_input : failure_code::agent_protocol, std::move(text)};
}

}  // namespace parley
