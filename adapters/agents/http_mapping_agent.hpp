// A foreign HTTP agent, spoken to through its declarative mapping (formats §5).
#pragma once

#include "adapters/agents/agent_settings.hpp"
#include "adapters/agents/http_mapping.hpp"
#include "adapters/agents/seen_version.hpp"
#include "adapters/http/http_client.hpp"
#include "runner/ports/agent.hpp"

#include <memory>

namespace parley {

class http_mapping_agent final : public agent {
 public:
  http_mapping_agent(agent_settings const& settings, std::shared_ptr<http_mapping const> mapping,
                     boost::asio::io_context& io, proxy_settings const& proxies);

  std::unique_ptr<agent_conversation> start(std::shared_ptr<conversation_facts const> facts) override;
  std::string version() const override { return version_->text(); }

 private:
  std::shared_ptr<http_client> client_;
  std::shared_ptr<http_mapping const> mapping_;
  bool calls_reported_;
  std::size_t max_body_;
  std::shared_ptr<seen_version> version_;
};

}  // namespace parley
