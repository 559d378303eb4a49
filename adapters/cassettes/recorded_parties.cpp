#include "adapters/cassettes/recorded_parties.hpp"

#include "adapters/cassettes/exchange_form.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace parley {
namespace {

using boost::asio::awaitable;
using std::chrono::steady_clock;
using time_point = steady_clock::time_point;
using nlohmann::json;

void pass_time(cassette& tape, trial_identity const& of, std::chrono::microseconds elapsed) {
  if (auto* const clock = tape.clock_of(of)) clock->advance(elapsed);
}

// `read` turns the recorded reply's form into what the port returns.
template <class Reply>
outcome<Reply> play(cassette& tape, trial_identity const& of, cassette_party party, json const& request,
                    Reply (*read)(json const&)) {
  auto const recorded = tape.next(of, party, request);
  if (!recorded) return recorded.error();
  pass_time(tape, of, recorded->elapsed);
  try {
    json const& answer = recorded->answer.get();
    if (auto const failed = answer.find("failure"); failed != answer.end()) return failure_from(*failed);
    return read(answer.at("reply"));
  } catch (std::exception const& e) {
    return failure(failure_code::not_recorded, std::string("the cassette cannot be read: ") + e.what());
  }
}

// What was cut off by a stop says nothing about the party.
template <class Reply>
void keep(cassette& tape, trial_identity const& of, cassette_party party, json request,
          outcome<Reply> const& answer, time_point asked) {
  auto const elapsed = std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - asked);
  pass_time(tape, of, elapsed);
  if (answer.has_error() && answer.error().code == failure_code::cancelled) return;
  json form;
  if (answer.has_error()) {
    form["failure"] = to_form(answer.error());
  } else {
    form["reply"] = to_form(*answer);
  }
  recorded_exchange exchange;
  exchange.request = json_value(std::move(request));
  exchange.answer = json_value(std::move(form));
  exchange.elapsed = elapsed;
  tape.keep(of, party, std::move(exchange));
}

class recorded_conversation_with_agent final : public agent_conversation {
 public:
  recorded_conversation_with_agent(std::unique_ptr<agent_conversation> live, cassette& tape,
                                   trial_identity of)
      : live_(std::move(live)), tape_(tape), of_(std::move(of)) {}

  awaitable<outcome<agent_reply>> exchange(agent_request const& request, time_point deadline) override {
    json form = to_form(request);
    if (!live_) co_return play<agent_reply>(tape_, of_, cassette_party::agent, form, agent_reply_from);
    auto const asked = steady_clock::now();
    auto reply = co_await live_->exchange(request, deadline);
    keep(tape_, of_, cassette_party::agent, std::move(form), reply, asked);
    co_return reply;
  }

  awaitable<outcome<void>> close(time_point deadline) override {
    if (!live_) co_return outcome<void>();
    co_return co_await live_->close(deadline);
  }

  std::vector<std::string> take_notes() override {
    return live_ ? live_->take_notes() : std::vector<std::string>();
  }

 private:
  std::unique_ptr<agent_conversation> live_;
  cassette& tape_;
  trial_identity of_;
};

}  // namespace

std::unique_ptr<agent_conversation> recorded_agent::start(std::shared_ptr<conversation_facts const> facts) {
  trial_identity of = facts->held_as;
  std::unique_ptr<agent_conversation> live;
  if (!tape_.replays(cassette_party::agent)) live = live_->start(std::move(facts));
  return std::make_unique<recorded_conversation_with_agent>(std::move(live), tape_, std::move(of));
}

std::string recorded_agent::version() const {
  return live_ == nullptr ? std::string() : live_->version();
}

awaitable<outcome<model_answer>> recorded_model::ask(model_request const& request, time_point deadline) {
  trial_identity const of = request.asked_in;
  json form = to_form(request);
  if (tape_.replays(party_)) co_return play<model_answer>(tape_, of, party_, form, model_answer_from);
  auto const asked = steady_clock::now();
  auto answer = co_await live_->ask(request, deadline);
  keep(tape_, of, party_, std::move(form), answer, asked);
  co_return answer;
}

}  // namespace parley
