#include "tests/support/scripted_agent.hpp"

namespace parley::test {
namespace {

class scripted_conversation final : public agent_conversation {
 public:
  explicit scripted_conversation(scripted_agent& owner) : owner_(owner) {}

  boost::asio::awaitable<outcome<agent_reply>> exchange(
      agent_request const& request, std::chrono::steady_clock::time_point deadline) override {
    owner_.received.push_back(request);
    if (owner_.before_reply) owner_.before_reply();
    prepared_reply const answer = owner_.next();
    owner_.time().advance(answer.takes);
    if (owner_.time().now() >= deadline) co_return failure(failure_code::agent_timeout, "no reply in time");
    co_return answer.reply;
  }

  boost::asio::awaitable<outcome<void>> close(std::chrono::steady_clock::time_point) override {
    ++owner_.closed;
    co_return outcome<void>();
  }

 private:
  scripted_agent& owner_;
};

agent_reply with_call(std::string name) {
  agent_reply reply;
  agent_call made;
  made.call.id = "call-1";
  made.call.name = std::move(name);
  reply.calls.push_back(std::move(made));
  return reply;
}

}  // namespace

agent_reply saying(std::string text) {
  agent_reply reply;
  reply.messages.push_back(std::move(text));
  return reply;
}

agent_reply ending(std::string text) {
  agent_reply reply = saying(std::move(text));
  reply.ended = true;
  return reply;
}

agent_reply calling(std::string name) {
  agent_reply reply = with_call(std::move(name));
  reply.calls.front().waits = true;
  return reply;
}

agent_reply having_called(std::string name, bool is_error) {
  agent_reply reply = with_call(std::move(name));
  tool_result result;
  result.id = "call-1";
  result.name = reply.calls.front().call.name;
  result.is_error = is_error;
  reply.calls.front().result = std::move(result);
  return reply;
}

void scripted_agent::then(agent_reply reply, std::chrono::milliseconds takes) {
  prepared_reply answer;
  answer.reply = std::move(reply);
  answer.takes = takes;
  replies_.push_back(std::move(answer));
}

void scripted_agent::then_fails(failure_code code, std::string detail, std::chrono::milliseconds takes) {
  prepared_reply answer;
  answer.reply = failure(code, std::move(detail));
  answer.takes = takes;
  replies_.push_back(std::move(answer));
}

std::unique_ptr<agent_conversation> scripted_agent::start(std::shared_ptr<conversation_facts const> facts) {
  conversations.push_back(std::move(facts));
  return std::make_unique<scripted_conversation>(*this);
}

prepared_reply scripted_agent::next() {
  prepared_reply answer;
  answer.reply = saying("...");
  if (replies_.empty()) return answer;
  answer = std::move(replies_.front());
  replies_.pop_front();
  return answer;
}

}  // namespace parley::test
