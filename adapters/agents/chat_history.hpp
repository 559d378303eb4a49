// The history of one conversation with a stateless agent, as chat completions want it, and the tools it has.
// No I/O.
#pragma once

#include "runner/conversation/message.hpp"
#include "runner/ports/agent.hpp"
#include "runner/ports/language_model.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace parley {

class chat_history {
 public:
  // A blank system prompt is none. `earlier` is the scenario's message history.
  void begin(std::string system, std::vector<message> const& earlier);

  // What the agent is told: a line, an event, results; `skip` tells it nothing.
  void add(agent_request const& request);

  // What the agent said. Calls that nobody answers (`reported`) are left out, for the format wants an answer
  // to each.
  void add_reply(model_answer const& answer, bool reported);

  std::vector<model_message> const& messages() const { return messages_; }
  std::vector<std::size_t> const& events() const { return events_; }  // places of events in messages()
  int calls() const { return calls_; }                                // of the whole conversation

 private:
  model_message& say(model_message::speaker from, std::string content);
  void tell_event(std::string content);
  void add_result(tool_result const& result);
  void add_earlier(message const& said);

  std::vector<model_message> messages_;
  std::vector<std::size_t> events_;
  int calls_ = 0;
};

// The configured tools as the format has them: entries may be whole ({type: function, function: {...}}) or
// the function alone. Empty when there is none.
std::string configured_tools(json_value const& tools);

// What is wrong with one entry of the configured tools; empty: nothing.
std::string problem_with_tool(nlohmann::json const& tool);

}  // namespace parley
