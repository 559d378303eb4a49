// Replies in the format of chat completions, whole or streamed. No I/O.
#pragma once

#include "adapters/formats/model_reply.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

// `calls_seen`: the conversation's calls so far, for ids of those without one. Failure: agent_protocol; its
// detail can hold the provider's own words.
outcome<model_reply> parse_chat_reply(std::string_view body, int calls_seen);

// Collects one streamed reply from the data of its server-sent events.
class chat_stream {
 public:
  // Failure: agent_protocol, for what is not JSON and for an error told in the middle.
  std::optional<failure> add(std::string_view data);

  bool done() const { return done_; }  // `[DONE]` has come: nothing follows
  bool has_text() const { return !text_.empty(); }

  // Once, at the end of the stream. Failure: agent_transport when it ended before the answer did;
  // agent_protocol.
  outcome<model_reply> take(int calls_seen);

 private:
  void add_choice(nlohmann::json const& choice);
  void add_call(nlohmann::json const& piece);
  call_pieces& place_of(nlohmann::json const& piece, std::string const& id);

  std::string text_;
  std::string refusal_;
  std::string finish_reason_;
  std::vector<call_pieces> calls_;
  std::map<std::int64_t, std::size_t> place_of_index_;
  token_usage usage_;
  bool done_ = false;
};

}  // namespace parley
