// One message of a recorded conversation. Only recorded_conversation uses it.
#pragma once

#include "runner/conversation/message.hpp"
#include "runner/failure.hpp"

#include <nlohmann/json_fwd.hpp>

#include <chrono>
#include <optional>

namespace parley {

struct recorded_message {
  message said;  // without turn and time
  bool names_requestor = false;
  std::optional<std::chrono::microseconds> timestamp;  // since 1970, or since whatever the recorder chose
};

// Roles `agent` and `assistant` are one. Arguments may be a JSON string that holds an object; calls may be
// wrapped as in chat completions. Failure: invalid_input.
outcome<recorded_message> read_recorded_message(nlohmann::json const& value);

}  // namespace parley
