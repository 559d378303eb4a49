// Why a conversation stopped: a closed list.
#pragma once

#include <optional>
#include <string_view>

namespace parley {

enum class stop_reason {
  agent_ended,
  user_ended,
  max_interactions,
  too_many_errors,
  timed_out,
  cancelled,
  agent_failed,
  user_failed,
};

std::string_view to_text(stop_reason reason);
std::optional<stop_reason> parse_stop_reason(std::string_view text);  // ours only, not Eqho's words

}  // namespace parley
