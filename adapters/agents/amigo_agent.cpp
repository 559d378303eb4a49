#include "adapters/agents/amigo_agent.hpp"

#include "adapters/agents/amigo_session.hpp"
#include "adapters/agents/http_agent.hpp"
#include "adapters/formats/amigo_events.hpp"
#include "adapters/formats/provider_error.hpp"
#include "adapters/formats/reply_parts.hpp"
#include "adapters/http/chat_client.hpp"
#include "adapters/http/http_url.hpp"
#include "adapters/http/json_lines.hpp"

namespace parley {

using boost::asio::awaitable;
using std::chrono::steady_clock;
using time_point = steady_clock::time_point;

namespace {

constexpr int most_repeats = 2;  // of a void interaction

std::string base_of(agent_settings const& settings) {
  std::string base = settings.url;
  while (base.ends_with('/')) base.pop_back();
  if (base.ends_with("/v1")) base.resize(base.size() - 3);
  return base + "/v1/" + settings.organization;
}

// An operation that is still under way (409) ends soon; the others say that nothing was done.
http_client_settings http_settings(agent_settings const& settings, proxy_settings const& proxies) {
  auto http = client_settings(settings, proxies);
  http.returns_refusals = true;
  http.retried_statuses = {409, 429, 503};
  return http;
}

}  // namespace

// What all conversations of one agent share.
struct amigo_agent_parts {
  amigo_agent_parts(agent_settings const& s, boost::asio::io_context& io, proxy_settings const& proxies)
      : settings(s),
        base(base_of(s)),
        client(std::make_shared<http_client>(io, http_settings(s, proxies))),
        session(io, client, base, {s.api_key, s.api_key_id, s.user_id}) {}

  agent_settings settings;
  std::string base;
  std::shared_ptr<http_client> client;
  amigo_session session;
};

namespace {

// One request as it goes out, whoever it is sent for.
struct amigo_request {
  amigo_request(std::string to, std::string type, std::string bytes)
      : url(std::move(to)), content_type(std::move(type)), body(std::move(bytes)) {}
  std::string url;
  std::string content_type;
  std::string body;
};

class amigo_conversation final : public agent_conversation {
 public:
  amigo_conversation(std::shared_ptr<amigo_agent_parts> shared, std::uint64_t flow)
      : shared_(std::move(shared)), flow_(flow) {}

  awaitable<outcome<agent_reply>> exchange(agent_request const& request, time_point deadline) override {
    bool const stopping = co_await asked_to_stop();
    if (stopping) co_return failure(failure_code::cancelled, "cancelled");
    auto const opening = amigo_opening_of(request);
    bool const creating = id_.empty();
    for (int repeats = 0;; ++repeats) {
      amigo_interaction events(calls_seen_);
      std::optional<std::chrono::microseconds> first_text;
      auto const problem = co_await interact(next_request(opening), events, first_text, deadline);
      if (events.conversation_id()) id_ = *events.conversation_id();
      if (!problem || events.committed()) co_return take(events, first_text);
      bool const is_void = problem->code == failure_code::agent_transport || events.error().has_value();
      if (!is_void || repeats == most_repeats) co_return explained(*problem, repeats);
      // One that was not begun may stand in the way of the next one.
      if (creating && !id_.empty()) co_await finish(deadline);
      if (creating) id_.clear();
    }
  }

  awaitable<outcome<void>> close(time_point deadline) override {
    if (id_.empty() || (ended_ && !wants_finish_)) co_return outcome<void>();
    co_return co_await finish(deadline);
  }

 private:
  amigo_request next_request(amigo_opening const& opening) const {
    auto const& settings = shared_->settings;
    if (id_.empty())
      return {shared_->base + "/conversation/?response_format=text", "application/json",
              write_amigo_create(settings.service_id, settings.service_version_set_name, opening)};
    auto body = write_amigo_interaction(opening);
    return {shared_->base + "/conversation/" + id_ + "/interact?request_format=text&response_format=text",
            std::move(body.content_type), std::move(body.bytes)};
  }

  // Sends it with the session's token, and once more when the service does not take the token any longer.
  awaitable<outcome<http_reply>> send(amigo_request request, time_point deadline, piece_sink const* sink) {
    for (bool again = false;; again = true) {
      auto const authorization = co_await shared_->session.authorization(deadline);
      if (authorization.has_error()) co_return authorization.error();
      authorization_ = *authorization;
      http_headers headers{{"Content-Type", request.content_type}};
      if (!authorization->empty()) headers.emplace_back("Authorization", *authorization);
      auto const route = shared_->client->prepare("POST", request.url, headers);
      if (route.has_error()) co_return route.error();
      auto received = co_await shared_->client->send(*route, request.body, deadline, sink, flow_);
      bool const refused = received.has_value() && received->status == 401 && !authorization->empty();
      if (!refused || again) co_return std::move(received);
      shared_->session.refuse(*authorization);
    }
  }

  // What no failure may repeat: the service's words are not ours.
  std::vector<std::string> secrets() const {
    return credentials_in(shared_->settings.api_key, {{"Authorization", authorization_}});
  }

  failure bad_status(http_reply const& reply) const {
    return {failure_code::agent_protocol, "the service answered with status " + std::to_string(reply.status) +
                                              reason_text(read_provider_error(reply.body), secrets())};
  }

  // Nothing: the interaction is whole. It counts as broken off while it is not committed.
  awaitable<std::optional<failure>> interact(amigo_request request, amigo_interaction& events,
                                             std::optional<std::chrono::microseconds>& first_text,
                                             time_point deadline) {
    std::optional<failure> problem;
    auto const began = steady_clock::now();
    json_lines lines(shared_->settings.max_body);
    auto const take_line = [&](std::string_view line) {
      bool const readable = events.add(line);
      if (!readable && !problem)
        problem = failure(failure_code::agent_protocol, "unreadable reply: an event is not JSON");
      if (!first_text && events.has_text())
        first_text = std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - began);
      return readable;
    };
    piece_sink const sink = [&](std::string_view piece) {
      return lines.put(piece, take_line) == json_lines::progress::needs_more;
    };
    auto const received = co_await send(std::move(request), deadline, &sink);
    if (events.error()) co_return failure(failure_code::agent_protocol, *events.error());
    if (received.has_error()) co_return received.error();
    if (received->status / 100 != 2) co_return bad_status(*received);
    if (problem) co_return problem;
    // What is left of a torn line is no event.
    lines.finish([&](std::string_view line) { return events.add(line); });
    if (events.error()) co_return failure(failure_code::agent_protocol, *events.error());
    if (events.committed()) co_return std::nullopt;
    co_return failure(failure_code::agent_transport, "the reply ended before the interaction was complete");
  }

  outcome<agent_reply> take(amigo_interaction& events,
                            std::optional<std::chrono::microseconds> const& first_text) {
    calls_seen_ = events.calls_seen();
    wants_finish_ = wants_finish_ || events.wants_finish();
    auto reply = events.take();
    reply.first_token = first_text;
    ended_ = reply.ended;
    if (is_empty(reply)) return empty_reply();
    return reply;
  }

  failure explained(failure why, int repeats) const {
    why.detail = without_secrets(std::move(why.detail), secrets());
    if (repeats > 0) why.detail += " (sent again " + std::to_string(repeats) + " times)";
    return why;
  }

  awaitable<outcome<void>> finish(time_point deadline) {
    amigo_request request(shared_->base + "/conversation/" + id_ + "/finish/", "application/json", "");
    auto const received = co_await send(std::move(request), deadline, nullptr);
    if (received.has_error()) co_return received.error();
    // Gone, finished already, or without an interaction: there is nothing to finish.
    bool const nothing = received->status == 404 || received->status == 409 || received->status == 400;
    if (received->status / 100 != 2 && !nothing) co_return bad_status(*received);
    co_return outcome<void>();
  }

  std::shared_ptr<amigo_agent_parts> shared_;
  std::uint64_t flow_;
  std::string authorization_;  // of the last request
  std::string id_;             // the service's; empty until the conversation is created
  int calls_seen_ = 0;
  bool ended_ = false;
  bool wants_finish_ = false;
};

}  // namespace

amigo_agent::amigo_agent(agent_settings const& settings, boost::asio::io_context& io,
                         proxy_settings const& proxies)
    : shared_(std::make_shared<amigo_agent_parts>(settings, io, proxies)), version_(settings.version) {}

std::unique_ptr<agent_conversation> amigo_agent::start(std::shared_ptr<conversation_facts const> facts) {
  return std::make_unique<amigo_conversation>(shared_, flow_of(facts->held_as));
}

void check_amigo_agent(agent_settings const& settings, input_problems& problems) {
  std::string const name = "agents." + settings.name;
  std::string why;
  if (settings.url.empty())
    problems.error(settings.where, name + ".url is missing", "give the base URL of the service");
  else if (!parse_http_url(settings.url, why))
    problems.error(settings.where, name + ".url cannot be used: " + why,
                   "write it like https://api.amigo.ai");
  if (settings.organization.empty())
    problems.error(settings.where, name + ".organization is missing", "name the organization");
  if (settings.service_id.empty())
    problems.error(settings.where, name + ".service_id is missing", "give the id of the service to talk to");
  bool const any = !settings.api_key.empty() || !settings.api_key_id.empty() || !settings.user_id.empty();
  bool const all = !settings.api_key.empty() && !settings.api_key_id.empty() && !settings.user_id.empty();
  if (any && !all)
    problems.error(settings.where, name + ": a sign-in needs api_key, api_key_id and user_id",
                   "add what is missing, or leave all three out");
}

}  // namespace parley
