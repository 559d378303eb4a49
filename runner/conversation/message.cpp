#include "runner/conversation/message.hpp"

#include <nlohmann/json.hpp>

namespace parley {

std::string_view to_text(role from) {
  switch (from) {
    case role::user:
      return "user";
    case role::agent:
      return "agent";
    case role::tool:
      return "tool";
    case role::system:
      return "system";
    case role::event:
      return "event";
  }
  return {};
}

std::string text_of(message const& said) {
  if (said.from != role::tool) return said.content;
  auto const& result = said.result.content;
  return result.get().is_string() ? result.get().get<std::string>() : result.dump();
}

}  // namespace parley
