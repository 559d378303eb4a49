// Replies in the format of Anthropic messages, whole or streamed. No I/O.
#pragma once

#include "adapters/formats/model_reply.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

// `shape_tool`: the name of the tool whose input is the answer's text; empty: none was asked for.
// `calls_seen`: as of chat completions. Failure: agent_protocol.
outcome<model_reply> parse_anthropic_reply(std::string_view body, std::string const& shape_tool,
                                           int calls_seen);

// Collects one streamed reply from the data of its server-sent events.
class anthropic_stream {
 public:
  // Failure: agent_protocol, for what is not JSON and for an event of the type `error`.
  std::optional<failure> add(std::string_view data);

  bool done() const { return done_; }  // message_stop has come
  bool has_text() const;

  // Once, at the end of the stream. Failure: agent_transport when it ended before the answer did;
  // agent_protocol.
  outcome<model_reply> take(std::string const& shape_tool, int calls_seen);

 private:
  struct block {
    bool is_call = false;
    std::string text;
    call_pieces call;
  };
  void start_block(nlohmann::json const& event);
  void add_delta(nlohmann::json const& event);

  std::map<std::int64_t, block> blocks_;  // by index
  token_usage usage_;
  std::string stop_reason_;
  bool done_ = false;
};

}  // namespace parley
