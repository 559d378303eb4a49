#include "adapters/language_models/openai_model.hpp"

#include "adapters/language_models/model_connection.hpp"

namespace parley {
namespace {

chat_client_settings chat_settings(model_settings const& settings, proxy_settings const& proxies) {
  chat_client_settings chat;
  chat.speaker = speaker_of(settings);
  chat.url = url_of(settings);
  chat.api_key = settings.api_key;
  chat.api_version = settings.api_version;
  chat.http = client_settings(settings, proxies);
  chat.http.headers = settings.headers;
  return chat;
}

}  // namespace

openai_model::openai_model(model_settings const& settings, boost::asio::io_context& io,
                           proxy_settings const& proxies)
    : settings_(settings), client_(io, chat_settings(settings, proxies)) {}

boost::asio::awaitable<outcome<model_answer>> openai_model::ask(
    model_request const& request, std::chrono::steady_clock::time_point deadline) {
  bool const stopping = co_await model_asked_to_stop();
  if (stopping) co_return failure(failure_code::cancelled, "cancelled");
  auto const tools = chat_tools(request.tools);
  chat_request wanted;
  wanted.model = settings_.model;
  wanted.messages = &request.messages;
  wanted.tools = tools;
  if (request.shape) wanted.shape = &*request.shape;
  wanted.temperature = request.temperature;
  wanted.seed = request.seed;
  wanted.max_tokens = settings_.max_tokens;
  wanted.stream = settings_.stream;
  wanted.flow = flow_of(request.asked_in);
  auto received = co_await client_.ask(wanted, calls_in(request), deadline);
  if (received.has_error()) co_return received.error();
  auto answer = std::move(received->reply.answer);
  answer.used = spent(received->reply.usage, settings_.prices);
  co_return std::move(answer);
}

}  // namespace parley
