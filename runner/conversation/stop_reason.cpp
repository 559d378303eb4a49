#include "runner/conversation/stop_reason.hpp"

#include <array>

namespace parley {
namespace {

struct named_reason {
  stop_reason reason;
  std::string_view name;
};

constexpr std::array reasons{
    named_reason{stop_reason::agent_ended, "agent_ended"},
    named_reason{stop_reason::user_ended, "user_ended"},
    named_reason{stop_reason::max_interactions, "max_interactions"},
    named_reason{stop_reason::too_many_errors, "too_many_errors"},
    named_reason{stop_reason::timed_out, "timed_out"},
    named_reason{stop_reason::cancelled, "cancelled"},
    named_reason{stop_reason::agent_failed, "agent_failed"},
    named_reason{stop_reason::user_failed, "user_failed"},
};

}  // namespace

std::string_view to_text(stop_reason reason) {
  for (auto const& [known, name] : reasons)
    if (known == reason) return name;
  return {};
}

std::optional<stop_reason> parse_stop_reason(std::string_view text) {
  for (auto const& [reason, name] : reasons)
    if (name == text) return reason;
  return std::nullopt;
}

}  // namespace parley
