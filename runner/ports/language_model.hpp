// A language model behind an endpoint: a list of messages in, one answer out. The simulated user and the
// judge speak through it. One `language_model` serves a whole run; everything lives on the run's io thread.
#pragma once

#include "runner/conversation/message.hpp"
#include "runner/failure.hpp"
#include "runner/json_value.hpp"
#include "runner/spending.hpp"
#include "runner/trial_identity.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace parley {

struct model_message {
  enum class speaker { system, user, assistant, tool };
  speaker from = speaker::user;
  std::string content;                // of speaker::tool: the result as text
  std::vector<tool_call> tool_calls;  // only of the assistant
  std::string tool_call_id;           // only of speaker::tool: the call it answers
  bool is_error = false;              // only of speaker::tool
  friend bool operator==(model_message const&, model_message const&) = default;
};

struct model_tool {
  std::string name;
  std::string description;
  json_value parameters;  // a JSON Schema; null = an object of anything
  friend bool operator==(model_tool const&, model_tool const&) = default;
};

// The answer is asked for as JSON of this shape. Models that know no such thing are asked in words; whoever
// reads the answer must be ready for plain text.
struct answer_shape {
  std::string name;   // [a-z_]+
  json_value schema;  // a JSON Schema of an object, every property required, no others allowed
  friend bool operator==(answer_shape const&, answer_shape const&) = default;
};

struct model_request {
  std::vector<model_message> messages;
  std::vector<model_tool> tools;
  std::optional<answer_shape> shape;
  std::optional<double> temperature;
  std::optional<std::uint64_t> seed;
  trial_identity asked_in;  // never sent; endpoints are shared fairly between cells
  friend bool operator==(model_request const&, model_request const&) = default;
};

struct model_answer {
  std::string text;  // empty when it only calls tools
  std::vector<tool_call> tool_calls;
  bool cut_off = false;  // the model ran into its limit of tokens
  bool refused = false;  // the provider's filter, or the model's own refusal; `text` says what it said
  spending used;
};

class language_model {
 public:
  virtual ~language_model() = default;
  // Gives up at `deadline` with agent_timeout; a cancelled coroutine gets `cancelled`. Other failures as of
  // any endpoint: agent_transport, agent_protocol (bad status, unreadable answer). Does not throw. `request`
  // stays alive until the awaited call returns.
  virtual boost::asio::awaitable<outcome<model_answer>> ask(
      model_request const& request, std::chrono::steady_clock::time_point deadline) = 0;
};

}  // namespace parley
