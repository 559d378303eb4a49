// The Amigo agent protocol: bytes of its requests, and the events of one interaction put together. No I/O.
#pragma once

#include "runner/failure.hpp"
#include "runner/ports/agent.hpp"

#include <nlohmann/json_fwd.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

// What opens a conversation or goes on with it.
struct amigo_opening {
  std::string_view type;  // user-message, external-event or skip
  std::string content;    // empty for skip
};
amigo_opening amigo_opening_of(agent_request const& request);

// The body of a request that creates a conversation.
std::string write_amigo_create(std::string const& service_id, std::string const& version_set,
                               amigo_opening const& opening);

// The body of an interaction, with the value of its Content-Type.
struct multipart_body {
  std::string content_type;
  std::string bytes;
};
multipart_body write_amigo_interaction(amigo_opening const& opening);

struct amigo_token {
  std::string id_token;
  std::optional<std::chrono::sys_time<std::chrono::milliseconds>> expires_at;
};
// Of the reply to a sign-in. Failure: agent_protocol.
outcome<amigo_token> parse_amigo_token(std::string_view body);

// Collects the events of one interaction.
class amigo_interaction {
 public:
  // `calls_seen` counts the conversation's calls, for their ids.
  explicit amigo_interaction(int calls_seen) : calls_seen_(calls_seen) {}

  // One line. False: it cannot be read.
  bool add(std::string_view line);

  // The service has kept the interaction: whatever comes later, it stands.
  bool committed() const { return committed_; }
  // An error before the commit: the interaction is void.
  std::optional<std::string> const& error() const { return error_; }
  // An error after it: the service wants to be asked to finish the conversation.
  bool wants_finish() const { return late_error_; }
  std::optional<std::string> const& conversation_id() const { return conversation_id_; }
  bool has_text() const { return !pieces_.empty(); }
  int calls_seen() const { return calls_seen_; }

  // Once, when it is committed. All calls are answered by the agent itself, or were never answered.
  agent_reply take();

 private:
  void add_action(nlohmann::json const& action);

  std::string pieces_;
  std::string full_message_;
  std::vector<agent_call> calls_;
  std::optional<std::string> conversation_id_;
  std::optional<std::string> error_;
  int calls_seen_;
  bool committed_ = false;
  bool completed_ = false;
  bool late_error_ = false;
};

}  // namespace parley
