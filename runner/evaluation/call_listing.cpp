#include "runner/evaluation/call_listing.hpp"

namespace parley {

std::string listed_call(tool_call const& call) {
  if (call.arguments.is_null()) return excerpt(call.name);
  return excerpt(call.name + " " + call.arguments.dump());
}

std::string listed_calls(transcript const& sealed) {
  std::string names;
  for (message const& said : sealed.messages) {
    if (said.from_history) continue;
    for (tool_call const& call : said.tool_calls) {
      if (names.size() < max_excerpt) names.append(names.empty() ? "calls made: " : ", ").append(call.name);
    }
  }
  return names.empty() ? "no tool was called" : excerpt(names);
}

}  // namespace parley
