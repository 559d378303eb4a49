// An agent behind one URL that speaks the Parley agent protocol (formats §4).
#pragma once

#include "adapters/agents/agent_settings.hpp"
#include "adapters/agents/seen_version.hpp"
#include "adapters/http/http_client.hpp"
#include "runner/ports/agent.hpp"

#include <memory>

namespace parley {

// The part of an agent's settings that its HTTP client needs.
http_client_settings client_settings(agent_settings const& settings, proxy_settings const& proxies);

// True when the coroutine was asked to stop; it must run with throw_if_cancelled(false).
boost::asio::awaitable<bool> asked_to_stop();

class http_agent final : public agent {
 public:
  http_agent(agent_settings const& settings, boost::asio::io_context& io, proxy_settings const& proxies);

  std::unique_ptr<agent_conversation> start(std::shared_ptr<conversation_facts const> facts) override;
  std::string version() const override { return version_->text(); }

 private:
  std::shared_ptr<http_client> client_;
  outcome<http_route> route_;
  bool calls_reported_;
  std::shared_ptr<seen_version> version_;
};

}  // namespace parley
