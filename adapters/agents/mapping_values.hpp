// The names a request mapping may use (formats §6) and their values in one conversation.
#pragma once

#include "runner/conversation/conversation_facts.hpp"
#include "runner/json_value.hpp"
#include "runner/ports/agent.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

bool is_mapping_name(std::string_view name);
std::vector<std::string> const& mapping_names();  // for suggestions; `NAME` stands for any name

class mapping_values {
 public:
  explicit mapping_values(std::shared_ptr<conversation_facts const> facts);

  std::string conversation_id;
  // The step being sent; nullptr for `open` and `close`. Borrowed for the time of the request.
  agent_request const* request = nullptr;
  std::string_view type;  // as the Parley agent protocol calls it
  wall_time now{};

  // nullopt for a name that does not exist; null for one without a value.
  std::optional<json_value> find(std::string_view name) const;
  // Appends the value as JSON.
  void append_json(std::string& out, std::string_view name) const;

 private:
  std::shared_ptr<conversation_facts const> facts_;
};

}  // namespace parley
