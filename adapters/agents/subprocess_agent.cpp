#include "adapters/agents/subprocess_agent.hpp"

#include "adapters/agents/child_process.hpp"
#include "adapters/agents/http_agent.hpp"
#include "adapters/formats/parley_protocol.hpp"

namespace parley {
namespace {

using boost::asio::awaitable;
using time_point = std::chrono::steady_clock::time_point;

class process_conversation final : public agent_conversation {
 public:
  process_conversation(agent_settings const& settings, boost::asio::io_context& io,
                       std::shared_ptr<conversation_facts const> facts)
      : io_(io),
        max_line_(settings.max_body),
        calls_reported_(settings.calls_reported),
        writer_(std::move(facts)) {
    command_.argv = settings.command;
    command_.env = settings.env;
    command_.cwd = settings.cwd;
  }

  awaitable<outcome<agent_reply>> exchange(agent_request const& request, time_point deadline) override {
    bool const stopping = co_await asked_to_stop();
    if (stopping) co_return failure(failure_code::cancelled, "cancelled");
    if (!process_) {
      auto started = child_process::start(io_, command_);
      if (started.has_error()) co_return started.error();
      process_ = std::move(*started);
    }
    bool const first = !writer_.wrote_first();
    line_.assign(writer_.write(request)).push_back('\n');
    auto const answer = co_await process_->exchange_line(line_, max_line_, deadline);
    if (answer.has_error()) co_return answer.error();
    auto reply = parse_parley_reply(*answer, calls_reported_, calls_seen_);
    if (reply.has_error()) co_return reply.error();
    if (first && reply->conversation_id) writer_.adopt(*reply->conversation_id);
    co_return std::move(reply->reply);
  }

  awaitable<outcome<void>> close(time_point deadline) override {
    if (!process_) co_return outcome<void>();
    co_return co_await process_->end(deadline);
  }

  std::vector<std::string> take_notes() override {
    if (!process_ || process_->error_output().empty()) return {};
    return {"stderr: " + process_->error_output()};
  }

 private:
  boost::asio::io_context& io_;
  child_command command_;
  std::size_t max_line_;
  bool calls_reported_;
  parley_request_writer writer_;
  std::unique_ptr<child_process> process_;
  std::string line_;
  int calls_seen_ = 0;
};

}  // namespace

std::unique_ptr<agent_conversation> subprocess_agent::start(std::shared_ptr<conversation_facts const> facts) {
  return std::make_unique<process_conversation>(settings_, io_, std::move(facts));
}

}  // namespace parley
