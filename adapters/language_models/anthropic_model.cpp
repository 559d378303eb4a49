#include "adapters/language_models/anthropic_model.hpp"

#include "adapters/formats/anthropic_reply.hpp"
#include "adapters/formats/model_address.hpp"
#include "adapters/http/answer_stream.hpp"
#include "adapters/http/chat_client.hpp"
#include "adapters/language_models/model_connection.hpp"

namespace parley {

using boost::asio::awaitable;

namespace {

model_address address_of(model_settings const& settings) {
  return messages_address(url_of(settings), settings.api_key, settings.api_version);
}

http_client_settings http_settings(model_settings const& settings, proxy_settings const& proxies) {
  auto http = client_settings(settings, proxies);
  http.headers = all_headers(settings.headers, address_of(settings).headers);
  return http;
}

}  // namespace

anthropic_model::anthropic_model(model_settings const& settings, boost::asio::io_context& io,
                                 proxy_settings const& proxies)
    : settings_(settings),
      secrets_(credentials_in(settings.api_key, settings.headers)),
      client_(io, http_settings(settings, proxies)),
      route_(client_.prepare("POST", address_of(settings_).url)) {}

failure anthropic_model::named(failure why) const {
  if (why.code == failure_code::cancelled) return why;
  return {why.code, speaker_of(settings_) + ": " + without_secrets(std::move(why.detail), secrets_)};
}

awaitable<outcome<http_reply>> anthropic_model::send(std::string const& body, std::uint64_t flow,
                                                     std::string const& shape_tool, int calls_seen,
                                                     time_point deadline, outcome<model_reply>& into) {
  if (!settings_.stream) {
    auto received = co_await client_.send(*route_, body, deadline, nullptr, flow);
    if (received.has_value() && received->status / 100 == 2)
      into = parse_anthropic_reply(received->body, shape_tool, calls_seen);
    co_return std::move(received);
  }
  anthropic_stream collected;
  std::optional<failure> problem;
  http_connection_limits const limits;
  answer_stream pieces(limits.body, [&](std::string_view data) {
    problem = collected.add(data);
    return !problem && !collected.done();
  });
  piece_sink const sink = [&pieces](std::string_view piece) { return pieces.put(piece); };
  auto received = co_await client_.send(*route_, body, deadline, &sink, flow);
  if (received.has_error() || received->status / 100 != 2) co_return std::move(received);
  pieces.finish();
  if (pieces.too_large())
    problem = failure(failure_code::agent_protocol, "a piece of the reply is larger than the limit");
  if (problem)
    into = *problem;
  else if (!pieces.whole().empty())
    into = parse_anthropic_reply(pieces.whole(), shape_tool, calls_seen);
  else
    into = collected.take(shape_tool, calls_seen);
  co_return std::move(received);
}

awaitable<outcome<model_answer>> anthropic_model::ask(model_request const& request, time_point deadline) {
  bool const stopping = co_await model_asked_to_stop();
  if (stopping) co_return failure(failure_code::cancelled, "cancelled");
  if (route_.has_error()) co_return named(route_.error());
  for (;;) {
    // Others may learn while this request is on its way: what it was refused for is judged by what it said.
    anthropic_dialect sent = dialect_;
    auto const body = write_anthropic_request(
        settings_.model, request, settings_.max_tokens.value_or(default_max_tokens), settings_.stream, sent);
    auto const shape_tool = request.shape && sent.forced_tool ? request.shape->name : std::string();
    outcome<model_reply> reply = model_reply();
    auto const received =
        co_await send(body, flow_of(request.asked_in), shape_tool, calls_in(request), deadline, reply);
    if (received.has_error()) co_return named(received.error());
    if (received->status / 100 == 2) {
      if (reply.has_error()) co_return named(reply.error());
      client_.used(*route_, reply->usage.input + reply->usage.output);
      auto answer = std::move(reply->answer);
      answer.used = spent(reply->usage, settings_.prices);
      co_return std::move(answer);
    }
    auto const error = read_provider_error(received->body);
    if (!sent.drop_refused(request, received->status, error))
      co_return refusal_of(speaker_of(settings_), *received, error, secrets_);
    dialect_.learn(sent);
  }
}

}  // namespace parley
