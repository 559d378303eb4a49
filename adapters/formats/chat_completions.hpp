// Chat completions, the wire format of OpenAI and of the many servers that imitate it: bytes of requests, and
// what a server turned out not to understand. Replies: chat_reply.hpp. No I/O.
#pragma once

#include "adapters/formats/provider_error.hpp"
#include "runner/ports/language_model.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

// Everything one request says. Borrowed views and pointers, alive while it is written.
struct chat_request {
  std::string_view model;  // empty: left out (the URL of a deployment says it)
  std::vector<model_message> const* messages = nullptr;
  std::vector<std::size_t> const* events =
      nullptr;             // system messages that tell of an event, by place, rising
  std::string_view tools;  // a JSON list in text (chat_tools); empty: none
  answer_shape const* shape = nullptr;
  std::optional<double> temperature;
  std::optional<std::uint64_t> seed;
  std::optional<int> max_tokens;
  bool stream = false;
  std::uint64_t flow = 0;  // never sent: which cell asks
};

// What the server understands, as far as is known; it begins with everything and only ever loses.
struct chat_dialect {
  enum class token_limit { newer, older, none };  // max_completion_tokens, max_tokens
  token_limit limit = token_limit::newer;
  bool response_format = true;  // else the shape is asked for in words
  bool stream_options = true;
  bool temperature = true;
  bool seed = true;
  bool developer_role = true;  // else events are told by the role `system`

  // Takes out what the server, sent `request` in this dialect, refused by name. False: nothing of the kind,
  // asking again would not help.
  bool drop_refused(chat_request const& request, int status, provider_error const& error);
  // Loses what `other` has lost.
  void learn(chat_dialect const& other);
};

std::string write_chat_request(chat_request const& request, chat_dialect const& dialect);

// The tools as the format has them.
std::string chat_tools(std::vector<model_tool> const& tools);

// What a model is told when a shape cannot be asked for otherwise.
std::string shape_in_words(answer_shape const& shape);

}  // namespace parley
