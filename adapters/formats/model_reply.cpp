#include "adapters/formats/model_reply.hpp"

#include "adapters/formats/reply_parts.hpp"

#include <nlohmann/json.hpp>

namespace parley {

spending spent(token_usage const& used, std::optional<model_prices> const& prices) {
  spending total;
  total.requests = 1;
  total.input_tokens = used.input;
  total.output_tokens = used.output;
  if (!prices || !used.told) return total;
  auto const fresh = static_cast<double>(used.input - used.cached_input) * prices->input;
  auto const cached = static_cast<double>(used.cached_input) * prices->cached_input.value_or(prices->input);
  total.cost = (fresh + cached + static_cast<double>(used.output) * prices->output) / 1e6;
  return total;
}

std::optional<failure> add_calls(std::vector<call_pieces> const& calls, int calls_seen, model_answer& into) {
  for (std::size_t i = 0; i < calls.size(); ++i) {
    nlohmann::json const id = calls[i].id;
    nlohmann::json const name = calls[i].name;
    nlohmann::json const arguments = calls[i].arguments;
    tool_call_parts parts;
    parts.id = calls[i].id.empty() ? nullptr : &id;
    parts.name = &name;
    parts.arguments = &arguments;
    auto read = read_tool_call(parts, "tool_calls[" + std::to_string(i) + "]", false, calls_seen);
    if (read.has_error() && into.cut_off && i + 1 == calls.size()) return std::nullopt;
    if (read.has_error())
      return failure(failure_code::agent_protocol, "unreadable reply: " + read.error().detail);
    into.tool_calls.push_back(std::move(read->call));
  }
  return std::nullopt;
}

}  // namespace parley
