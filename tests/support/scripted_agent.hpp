// An agent that replies from a list and remembers every request it was sent.
#pragma once

#include "runner/ports/agent.hpp"
#include "tests/support/manual_time.hpp"

#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace parley::test {

// One prepared answer: a reply, or a failure; `takes` is how far the clock moves meanwhile.
struct prepared_reply {
  outcome<agent_reply> reply = agent_reply();
  std::chrono::milliseconds takes{0};
};

agent_reply saying(std::string text);
agent_reply ending(std::string text);
agent_reply calling(std::string name);                       // waits for an answer
agent_reply having_called(std::string name, bool is_error);  // executed by the agent itself

// Shared by all conversations of a test; answers in order, then says "..." for ever.
class scripted_agent final : public agent {
 public:
  explicit scripted_agent(manual_time& time) : time_(time) {}

  void then(agent_reply reply, std::chrono::milliseconds takes = {});
  void then_fails(failure_code code, std::string detail, std::chrono::milliseconds takes = {});
  std::unique_ptr<agent_conversation> start(std::shared_ptr<conversation_facts const> facts) override;

  // Called before each answer.
  std::function<void()> before_reply;
  std::vector<agent_request> received;
  std::vector<std::shared_ptr<conversation_facts const>> conversations;
  int closed = 0;

  prepared_reply next();
  manual_time& time() { return time_; }

 private:
  manual_time& time_;
  std::deque<prepared_reply> replies_;
};

}  // namespace parley::test
