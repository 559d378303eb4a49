// Agents and language models whose traffic goes into a cassette or comes out of one, behind the ports they
// stand for. Everything is borrowed and outlives them.
#pragma once

#include "adapters/cassettes/cassette.hpp"
#include "runner/ports/agent.hpp"
#include "runner/ports/language_model.hpp"

#include <memory>
#include <optional>

namespace parley {

// `live` may be null when the party is replayed.
class recorded_agent final : public agent {
 public:
  recorded_agent(agent* live, cassette& tape, std::optional<int> max_tool_rounds = std::nullopt)
      : live_(live), tape_(tape), max_tool_rounds_(max_tool_rounds) {}
  std::unique_ptr<agent_conversation> start(std::shared_ptr<conversation_facts const> facts) override;
  std::string version() const override;
  std::optional<int> max_tool_rounds() const override { return max_tool_rounds_; }

 private:
  agent* live_;
  cassette& tape_;
  std::optional<int> max_tool_rounds_;
};

class recorded_model final : public language_model {
 public:
  recorded_model(language_model* live, cassette& tape, cassette_party party)
      : live_(live), tape_(tape), party_(party) {}
  boost::asio::awaitable<outcome<model_answer>> ask(model_request const& request,
                                                    std::chrono::steady_clock::time_point deadline) override;

 private:
  language_model* live_;
  cassette& tape_;
  cassette_party party_;
};

}  // namespace parley
