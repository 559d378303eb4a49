#include "adapters/agents/chat_agent.hpp"

#include "adapters/agents/chat_history.hpp"
#include "adapters/agents/http_agent.hpp"
#include "adapters/agents/mapping_values.hpp"
#include "adapters/formats/model_address.hpp"
#include "adapters/formats/reply_parts.hpp"
#include "adapters/http/chat_client.hpp"
#include "runner/evaluation/white_space.hpp"
#include "runner/inputs/template_text.hpp"

#include <nlohmann/json.hpp>

namespace parley {

using boost::asio::awaitable;
using time_point = std::chrono::steady_clock::time_point;

// What all conversations of one agent share.
struct chat_agent_parts {
  chat_agent_parts(agent_settings const& s, boost::asio::io_context& io, proxy_settings const& proxies)
      : settings(s),
        system(s.system),
        tools(configured_tools(s.tools)),
        client(io, chat_settings(s, proxies)) {}

  static chat_client_settings chat_settings(agent_settings const& settings, proxy_settings const& proxies) {
    chat_client_settings chat;
    chat.speaker = "the agent's model " + (settings.model.empty() ? settings.name : settings.model);
    chat.url = settings.url;
    chat.api_key = settings.api_key;
    chat.api_version = settings.api_version;
    chat.http = client_settings(settings, proxies);
    return chat;
  }

  agent_settings settings;
  template_text system;
  std::string tools;  // as the format has them; empty: those of the scenario's mocks
  chat_client client;
};

namespace {

std::string tools_of_mocks(conversation_facts const& facts) {
  std::vector<model_tool> tools;
  if (!facts.scenario_used) return {};
  for (auto const& [name, mock] : facts.scenario_used->latest().environment.action_mocks) {
    model_tool tool;
    tool.name = name;
    tools.push_back(std::move(tool));
  }
  return chat_tools(tools);
}

failure nothing_said(model_answer const& answer) {
  auto why = empty_reply();
  if (answer.cut_off) why.detail += ": the model ran into its limit of tokens";
  if (answer.refused) why.detail += ": the provider's filter held it back";
  return why;
}

class chat_conversation final : public agent_conversation {
 public:
  chat_conversation(std::shared_ptr<chat_agent_parts> shared, std::shared_ptr<conversation_facts const> facts)
      : shared_(std::move(shared)), facts_(std::move(facts)) {}

  awaitable<outcome<agent_reply>> exchange(agent_request const& request, time_point deadline) override {
    bool const stopping = co_await asked_to_stop();
    if (stopping) co_return failure(failure_code::cancelled, "cancelled");
    if (!begun_) begin(request.now);
    history_.add(request);
    auto const& settings = shared_->settings;
    chat_request wanted;
    wanted.model = settings.model;
    wanted.messages = &history_.messages();
    wanted.events = &history_.events();
    wanted.tools = tools_;
    wanted.temperature = settings.temperature;
    wanted.seed = settings.seed;
    wanted.stream = settings.stream;
    wanted.flow = flow_of(facts_->held_as);
    auto received = co_await shared_->client.ask(wanted, history_.calls(), deadline);
    if (received.has_error()) co_return received.error();
    co_return take(std::move(*received));
  }

  // The server keeps nothing that could be ended.
  awaitable<outcome<void>> close(time_point) override { co_return outcome<void>(); }

  std::vector<std::string> take_notes() override {
    if (cut_off_ == 0) return {};
    return {std::to_string(cut_off_) + (cut_off_ == 1 ? " reply was" : " replies were") +
            " cut off by the model's limit of tokens"};
  }

 private:
  void begin(wall_time now) {
    begun_ = true;
    mapping_values values(facts_);
    values.now = now;
    auto const lookup = [&](std::string_view name) { return values.find(name); };
    history_.begin(shared_->system.fill(lookup), facts_->history);
    tools_ = shared_->tools.empty() ? tools_of_mocks(*facts_) : shared_->tools;
  }

  outcome<agent_reply> take(chat_result result) {
    auto& answer = result.reply.answer;
    bool const reported = shared_->settings.calls_reported;
    if (answer.cut_off) ++cut_off_;
    agent_reply reply;
    reply.used = spent(result.reply.usage, shared_->settings.prices);
    reply.first_token = result.first_token;
    history_.add_reply(answer, reported);
    if (is_blank(answer.text) && answer.tool_calls.empty()) return nothing_said(answer);
    if (!is_blank(answer.text)) reply.messages.push_back(std::move(answer.text));
    for (auto& call : answer.tool_calls) {
      auto& made = reply.calls.emplace_back();
      made.call = std::move(call);
      made.waits = !reported;
    }
    return reply;
  }

  std::shared_ptr<chat_agent_parts> shared_;
  std::shared_ptr<conversation_facts const> facts_;
  chat_history history_;
  std::string tools_;
  int cut_off_ = 0;
  bool begun_ = false;
};

}  // namespace

chat_agent::chat_agent(agent_settings const& settings, boost::asio::io_context& io,
                       proxy_settings const& proxies)
    : shared_(std::make_shared<chat_agent_parts>(settings, io, proxies)) {}

std::unique_ptr<agent_conversation> chat_agent::start(std::shared_ptr<conversation_facts const> facts) {
  return std::make_unique<chat_conversation>(shared_, std::move(facts));
}

std::string chat_agent::version() const {
  return shared_->settings.version;
}

std::optional<int> chat_agent::max_tool_rounds() const {
  return shared_->settings.max_tool_rounds;
}

}  // namespace parley
