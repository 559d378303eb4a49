// The declarative mapping of a foreign HTTP agent (formats §5), compiled once per run.
#pragma once

#include "adapters/agents/agent_settings.hpp"
#include "adapters/agents/mapped_request.hpp"
#include "adapters/agents/reply_mapping.hpp"
#include "runner/inputs/input_problems.hpp"

#include <memory>
#include <optional>

namespace parley {

struct http_mapping {
  std::optional<mapped_request> open, say, event, skip, tool_results, close;
  reply_mapping replies;

  bool mentions_history() const;
};

// True when the settings describe a mapping; otherwise the agent speaks the Parley agent protocol.
bool has_mapping(agent_settings const& settings);

// Every problem is reported; the mapping is only of use when there was none.
std::shared_ptr<http_mapping const> compile_mapping(agent_settings const& settings, input_problems& problems);

}  // namespace parley
