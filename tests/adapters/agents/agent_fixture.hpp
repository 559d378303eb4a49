// An agent made from settings, one conversation with it at a time, and the server it talks to.
#pragma once

#include "adapters/agents/agent_factory.hpp"
#include "tests/support/loopback_server.hpp"
#include "tests/support/run_on.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <memory>
#include <string>

namespace parley::test {

struct agent_fixture {
  boost::asio::io_context io{1};
  loopback_server server{io};
  agent_settings settings;
  std::shared_ptr<conversation_facts> facts = std::make_shared<conversation_facts>();
  std::unique_ptr<agent> tested;
  std::unique_ptr<agent_conversation> conversation;
  std::chrono::milliseconds limit{5000};

  agent_fixture() {
    settings.name = "support";
    settings.url = server.url("/chat");
    facts->id = conversation_id("ours");
    facts->starts_at = std::chrono::sys_days{std::chrono::year{2026} / 11 / 20} + std::chrono::hours(9);
  }
  ~agent_fixture() {
    conversation.reset();
    tested.reset();
  }

  void start() {
    tested = make_agent(settings, io, proxy_settings());
    conversation = tested->start(facts);
  }

  outcome<agent_reply> exchange(agent_request const& request,
                                boost::asio::cancellation_signal* signal = nullptr) {
    if (!conversation) start();
    return run_on(io, conversation->exchange(request, std::chrono::steady_clock::now() + limit), signal);
  }
  outcome<agent_reply> step(agent_request::kind type, std::string content = {}) {
    return exchange(agent_request(type, std::move(content), facts->starts_at + std::chrono::seconds(5)));
  }
  outcome<agent_reply> say(std::string content) {
    return step(agent_request::kind::user_message, std::move(content));
  }
  outcome<void> close(std::chrono::milliseconds within = std::chrono::milliseconds(5000)) {
    return run_on(io, conversation->close(std::chrono::steady_clock::now() + within));
  }
};

}  // namespace parley::test
