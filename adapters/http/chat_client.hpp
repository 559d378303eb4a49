// Asks a server of chat completions, whole or streamed, and again without what the server refuses by name.
// Agents and language models share it. One client serves a whole run and keeps what it learned.
#pragma once

#include "adapters/formats/chat_completions.hpp"
#include "adapters/formats/model_reply.hpp"
#include "adapters/http/http_client.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace parley {

struct chat_client_settings {
  std::string speaker;  // what failures call it: "the language model small (gpt-4o)"
  std::string url;      // as the user wrote it
  std::string api_key;  // empty: none is sent
  std::string api_version;
  http_client_settings http;
};

struct chat_result {
  model_reply reply;
  std::optional<std::chrono::microseconds> first_token;  // of a streamed reply: from the request to its text
};

class chat_client {
 public:
  chat_client(boost::asio::io_context& io, chat_client_settings settings);

  // `request` and all it borrows stay alive until the awaited call returns. `calls_seen`: the conversation's
  // tool calls so far. Failures as of http_client, naming the speaker, the status and the provider's reason,
  // never a credential; agent_transport also for a stream that ends before the answer does.
  boost::asio::awaitable<outcome<chat_result>> ask(chat_request const& request, int calls_seen,
                                                   std::chrono::steady_clock::time_point deadline);

 private:
  using time_point = std::chrono::steady_clock::time_point;
  boost::asio::awaitable<outcome<http_reply>> send_whole(std::string const& body, std::uint64_t flow,
                                                         int calls_seen, time_point deadline,
                                                         outcome<chat_result>& into);
  boost::asio::awaitable<outcome<http_reply>> send_streamed(std::string const& body, std::uint64_t flow,
                                                            int calls_seen, time_point deadline,
                                                            outcome<chat_result>& into);
  failure named(failure why) const;

  chat_client_settings settings_;
  std::vector<std::string> secrets_;
  http_client client_;
  outcome<http_route> route_;
  chat_dialect dialect_;
};

// What must never be told of a client: its api key, and the values of its headers with the part after
// `Bearer `.
std::vector<std::string> credentials_in(std::string const& api_key, http_headers const& headers);

// Headers that follow from the settings, under those the user wrote: one of the same name is the user's. They
// are the client's own, so that it shares a quota with whoever has the same credentials.
http_headers all_headers(http_headers const& written, http_headers const& following);

// "<speaker> answered with status 429 after 3 retries: <the provider's reason>".
failure refusal_of(std::string const& speaker, http_reply const& reply, provider_error const& error,
                   std::vector<std::string> const& secrets);

}  // namespace parley
