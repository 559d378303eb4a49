#include "adapters/language_models/model_connection.hpp"

#include <boost/asio/this_coro.hpp>

namespace parley {

namespace {

// Requests in flight before a provider has shown what it lets through.
constexpr double first_window = 8;

}  // namespace

http_client_settings client_settings(model_settings const& settings, proxy_settings const& proxies) {
  http_client_settings client;
  client.limits.connect = settings.timeout.connect;
  client.limits.first_byte = settings.timeout.first_byte;
  client.limits.idle = settings.timeout.idle;
  client.max_connections = settings.max_connections;
  client.limit.requests_per_second = settings.max_rate;
  client.limit.tokens_per_minute = settings.max_token_rate;
  client.limit.first_window = first_window;
  client.ca_file = settings.ca_file;
  client.insecure = settings.insecure;
  client.proxy = proxies;
  client.idempotent = true;
  client.returns_refusals = true;
  client.retried_statuses = {408, 409, 429, 500, 502, 503, 504, 529};
  return client;
}

std::string speaker_of(model_settings const& settings) {
  auto const name = "the language model " + settings.name;
  return settings.model.empty() ? name : name + " (" + settings.model + ")";
}

std::string url_of(model_settings const& settings) {
  if (!settings.url.empty()) return settings.url;
  return settings.type == "anthropic" ? "https://api.anthropic.com/v1" : "https://api.openai.com/v1";
}

int calls_in(model_request const& request) {
  std::size_t calls = 0;
  for (auto const& said : request.messages) calls += said.tool_calls.size();
  return static_cast<int>(calls);
}

boost::asio::awaitable<bool> model_asked_to_stop() {
  auto const asked = co_await boost::asio::this_coro::cancellation_state;
  co_return asked.cancelled() != boost::asio::cancellation_type::none;
}

}  // namespace parley
