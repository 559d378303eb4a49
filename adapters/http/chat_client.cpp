#include "adapters/http/chat_client.hpp"

#include "adapters/formats/chat_reply.hpp"
#include "adapters/formats/model_address.hpp"
#include "adapters/http/answer_stream.hpp"

namespace parley {

using boost::asio::awaitable;
using std::chrono::steady_clock;

namespace {

model_address address_of(chat_client_settings const& settings) {
  return chat_address(settings.url, settings.api_key, settings.api_version);
}

http_client_settings client_settings(chat_client_settings const& settings) {
  auto http = settings.http;
  http.headers = all_headers(http.headers, address_of(settings).headers);
  http.returns_refusals = true;
  return http;
}

outcome<chat_result> as_result(outcome<model_reply> read) {
  if (read.has_error()) return read.error();
  chat_result result;
  result.reply = std::move(*read);
  return result;
}

}  // namespace

std::vector<std::string> credentials_in(std::string const& api_key, http_headers const& headers) {
  std::vector<std::string> secrets;
  if (!api_key.empty()) secrets.push_back(api_key);
  for (auto const& [name, value] : headers) {
    if (value.find(' ') != std::string::npos) secrets.push_back(value.substr(value.find(' ') + 1));
    secrets.push_back(value);
  }
  return secrets;
}

http_headers all_headers(http_headers const& written, http_headers const& following) {
  http_headers all = written;
  for (auto const& header : following)
    if (find_header(written, header.first) == nullptr) all.push_back(header);
  return all;
}

failure refusal_of(std::string const& speaker, http_reply const& reply, provider_error const& error,
                   std::vector<std::string> const& secrets) {
  std::string text = speaker + " answered with status " + std::to_string(reply.status);
  if (reply.retries > 0)
    text += " after " + std::to_string(reply.retries) + (reply.retries == 1 ? " retry" : " retries");
  return {failure_code::agent_protocol, text + reason_text(error, secrets)};
}

chat_client::chat_client(boost::asio::io_context& io, chat_client_settings settings)
    : settings_(std::move(settings)),
      secrets_(credentials_in(settings_.api_key, settings_.http.headers)),
      client_(io, client_settings(settings_)),
      route_(client_.prepare("POST", address_of(settings_).url)) {}

failure chat_client::named(failure why) const {
  if (why.code == failure_code::cancelled) return why;
  return {why.code, settings_.speaker + ": " + without_secrets(std::move(why.detail), secrets_)};
}

awaitable<outcome<http_reply>> chat_client::send_whole(std::string const& body, std::uint64_t flow,
                                                       int calls_seen, time_point deadline,
                                                       outcome<chat_result>& into) {
  auto received = co_await client_.send(*route_, body, deadline, nullptr, flow);
  if (received.has_value() && received->status / 100 == 2)
    into = as_result(parse_chat_reply(received->body, calls_seen));
  co_return std::move(received);
}

awaitable<outcome<http_reply>> chat_client::send_streamed(std::string const& body, std::uint64_t flow,
                                                          int calls_seen, time_point deadline,
                                                          outcome<chat_result>& into) {
  chat_stream collected;
  std::optional<failure> problem;
  std::optional<steady_clock::time_point> first_text;
  answer_stream pieces(settings_.http.limits.body, [&](std::string_view data) {
    problem = collected.add(data);
    if (!first_text && collected.has_text()) first_text = steady_clock::now();
    return !problem && !collected.done();
  });
  piece_sink const sink = [&pieces](std::string_view piece) { return pieces.put(piece); };
  auto const began = steady_clock::now();
  auto received = co_await client_.send(*route_, body, deadline, &sink, flow);
  if (received.has_error() || received->status / 100 != 2) co_return std::move(received);
  pieces.finish();
  if (pieces.too_large())
    problem = failure(failure_code::agent_protocol, "a piece of the reply is larger than max_body");
  if (problem) {
    into = *problem;
  } else if (!pieces.whole().empty()) {
    into = as_result(parse_chat_reply(pieces.whole(), calls_seen));
  } else {
    into = as_result(collected.take(calls_seen));
    if (into.has_value() && first_text)
      into->first_token = std::chrono::duration_cast<std::chrono::microseconds>(*first_text - began);
  }
  co_return std::move(received);
}

awaitable<outcome<chat_result>> chat_client::ask(chat_request const& request, int calls_seen,
                                                 time_point deadline) {
  if (route_.has_error()) co_return named(route_.error());
  for (;;) {
    // Others may learn while this request is on its way: what it was refused for is judged by what it said.
    chat_dialect sent = dialect_;
    auto const body = write_chat_request(request, sent);
    outcome<chat_result> result = chat_result();
    outcome<http_reply> received = failure();
    if (request.stream)
      received = co_await send_streamed(body, request.flow, calls_seen, deadline, result);
    else
      received = co_await send_whole(body, request.flow, calls_seen, deadline, result);
    if (received.has_error()) co_return named(received.error());
    if (received->status / 100 == 2) {
      if (result.has_error()) co_return named(result.error());
      auto const& usage = result->reply.usage;
      client_.used(*route_, usage.input + usage.output);
      co_return std::move(result);
    }
    auto const error = read_provider_error(received->body);
    if (!sent.drop_refused(request, received->status, error))
      co_return refusal_of(settings_.speaker, *received, error, secrets_);
    dialect_.learn(sent);
  }
}

}  // namespace parley
