// Where a foreign agent's replies hold what we look for (formats §5), and one reply read that way, whole or
// piece by piece.
#pragma once

#include "adapters/agents/mapped_request.hpp"
#include "runner/failure.hpp"
#include "runner/ports/agent.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

class reply_mapping {
 public:
  enum class stream_kind { none, ndjson, sse };

  // `spec` is the object under `responses`.
  reply_mapping(json_value const& spec, mapping_complaint const& complain);
  ~reply_mapping();
  reply_mapping(reply_mapping&&) noexcept;

  stream_kind stream() const { return stream_; }

 private:
  friend class mapped_reply;
  struct pointers;
  std::unique_ptr<pointers> at_;
  stream_kind stream_ = stream_kind::none;
};

// Collects one reply. The mapping outlives it.
class mapped_reply {
 public:
  mapped_reply(reply_mapping const& mapping, bool calls_reported, int& calls_seen);

  // A whole JSON reply, or one piece of a streamed one.
  std::optional<failure> add(std::string_view json);
  // What was collected: blank messages dropped.
  agent_reply take();
  std::optional<std::string> const& conversation_id() const { return conversation_id_; }

 private:
  std::optional<failure> add_messages(nlohmann::json const& value);
  std::optional<failure> add_calls(nlohmann::json const& value);
  void continue_message(std::string const& text);

  reply_mapping const& mapping_;
  bool calls_reported_;
  int& calls_seen_;
  agent_reply reply_;
  std::optional<std::size_t> continued_;  // the message that pieces of text are added to
  std::optional<std::string> conversation_id_;
};

}  // namespace parley
