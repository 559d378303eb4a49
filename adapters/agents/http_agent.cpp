#include "adapters/agents/http_agent.hpp"

#include "adapters/formats/parley_protocol.hpp"

#include <boost/asio/this_coro.hpp>

namespace parley {
namespace {

using boost::asio::awaitable;
using time_point = std::chrono::steady_clock::time_point;

class protocol_conversation final : public agent_conversation {
 public:
  protocol_conversation(std::shared_ptr<http_client> client, outcome<http_route> route, bool calls_reported,
                        std::shared_ptr<seen_version> version,
                        std::shared_ptr<conversation_facts const> facts)
      : client_(std::move(client)),
        route_(std::move(route)),
        calls_reported_(calls_reported),
        version_(std::move(version)),
        flow_(flow_of(facts->held_as)),
        writer_(std::move(facts)) {}

  awaitable<outcome<agent_reply>> exchange(agent_request const& request, time_point deadline) override {
    if (route_.has_error()) co_return route_.error();
    bool const stopping = co_await asked_to_stop();
    if (stopping) co_return failure(failure_code::cancelled, "cancelled");
    bool const first = !writer_.wrote_first();
    auto const bytes = writer_.write(request);
    auto const received = co_await client_->send(*route_, bytes, deadline, nullptr, flow_);
    if (received.has_error()) co_return received.error();
    version_->look_at(received->agent_version);
    auto read = parse_parley_reply(received->body, calls_reported_, calls_seen_);
    if (read.has_error()) co_return read.error();
    if (first && read->conversation_id) writer_.adopt(*read->conversation_id);
    co_return std::move(read->reply);
  }

  // The protocol knows no goodbye.
  awaitable<outcome<void>> close(time_point) override { co_return outcome<void>(); }

 private:
  std::shared_ptr<http_client> client_;
  outcome<http_route> route_;
  bool calls_reported_;
  std::shared_ptr<seen_version> version_;
  std::uint64_t flow_;
  parley_request_writer writer_;
  int calls_seen_ = 0;
};

}  // namespace

http_client_settings client_settings(agent_settings const& settings, proxy_settings const& proxies) {
  http_client_settings client;
  client.headers = settings.headers;
  client.limits.connect = settings.timeout.connect;
  client.limits.first_byte = settings.timeout.first_byte;
  client.limits.idle = settings.timeout.idle;
  client.limits.body = settings.max_body;
  client.max_connections = settings.max_connections;
  client.keep_alive = settings.keep_alive;
  client.limit.requests_per_second = settings.max_rate;
  client.limit.tokens_per_minute = settings.max_token_rate;
  client.idempotent = settings.idempotent;
  client.ca_file = settings.ca_file;
  client.insecure = settings.insecure;
  client.proxy = proxies;
  return client;
}

awaitable<bool> asked_to_stop() {
  auto const asked = co_await boost::asio::this_coro::cancellation_state;
  co_return asked.cancelled() != boost::asio::cancellation_type::none;
}

http_agent::http_agent(agent_settings const& settings, boost::asio::io_context& io,
                       proxy_settings const& proxies)
    : client_(std::make_shared<http_client>(io, client_settings(settings, proxies))),
      route_(client_->prepare("POST", settings.url)),
      calls_reported_(settings.calls_reported),
      version_(std::make_shared<seen_version>(settings.version)) {}

std::unique_ptr<agent_conversation> http_agent::start(std::shared_ptr<conversation_facts const> facts) {
  return std::make_unique<protocol_conversation>(client_, route_, calls_reported_, version_,
                                                 std::move(facts));
}

}  // namespace parley
