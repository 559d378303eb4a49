// The Parley agent protocol, version 1 (formats §4): bytes of requests, meaning of replies. No I/O.
#pragma once

#include "runner/conversation/conversation_facts.hpp"
#include "runner/failure.hpp"
#include "runner/ports/agent.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

// Writes the requests of one conversation. What is the same in each is serialised once.
class parley_request_writer {
 public:
  explicit parley_request_writer(std::shared_ptr<conversation_facts const> facts);

  // The bytes of the next request, without a line end; valid until the next call. The history goes with the
  // first one only.
  std::string_view write(agent_request const& request);

  bool wrote_first() const { return wrote_first_; }
  // The agent's own id, from its first reply: sent from now on.
  void adopt(std::string const& id);

 private:
  std::shared_ptr<conversation_facts const> facts_;
  std::string beginning_;  // protocol and conversation_id
  std::string starts_at_;  // from the comma before it to the value of `now`
  std::string constants_;  // user and variables
  std::string bytes_;
  bool wrote_first_ = false;
};

// The part of a conversation's history that agents are given, as a JSON list in text.
std::string history_text(std::vector<message> const& history);

// The answers to tool calls, as a JSON list in text.
std::string tool_results_text(std::vector<tool_result> const& results);

struct parley_reply {
  agent_reply reply;
  std::optional<std::string> conversation_id;
};

// `calls_reported`: no call waits for an answer. `calls_seen` counts the conversation's calls, for ids of
// those without one. Failure: agent_protocol.
outcome<parley_reply> parse_parley_reply(std::string_view body, bool calls_reported, int& calls_seen);

}  // namespace parley
