#include "tests/browser/generated_run.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <random>

namespace parley::test {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

constexpr wall_time run_began = std::chrono::sys_days(std::chrono::year(2026) / 11 / 20) + 2h;

constexpr std::array<char const*, 8> scenario_names{
    "Late delivery refund", "Damaged teapot", "Change of address",        "Cancel before dispatch",
    "Gift card balance",    "Lost parcel",    "Duplicate charge dispute", "Account locked after travel"};
constexpr std::array<char const*, 5> persona_names{"Angry regular", "Busy professional", "Confused new user",
                                                   "Loyal gold member", "Reisende Kundin"};
constexpr std::array<char const*, 4> sets{"refunds", "orders", "accounts", "billing"};
constexpr std::array<char const*, 8> user_lines{
    "Hi, my order never came and it is two weeks late now.",
    "It's 4411. I gave that number to your colleague yesterday already.",
    "No, I don't want a voucher. I want my money back.",
    "Can you tell me when exactly I will have it on my account?",
    "Fine. But I was promised the same thing last week.",
    "And what about the shipping costs?",
    "I'm on a train, please keep it short.",
    "Could you send me a confirmation by mail?"};
constexpr std::array<char const*, 8> agent_lines{
    "I'm sorry to hear that. Could you give me the order number, please? It has four digits.",
    "Thank you. Order 4411 (wool blanket) should have arrived on 6 November and is late. I am sorry about "
    "that. I can "
    "send it again or refund 49.90 EUR. Which would you prefer?",
    "I understand. Let me look at what I can do for you.",
    "I have issued a refund of 49.90 EUR for order 4411. It will be on your account within three working "
    "days, "
    "depending on your bank. You will receive a confirmation by mail as soon as it has been booked.",
    "Is there anything else I can do for you?",
    "The shipping costs of 4.90 EUR are part of the refund.",
    "Of course. I have noted your wish and passed it on to our team.",
    "You're welcome. Have a good day, goodbye!"};

// Numbers from a text, the same with every standard library.
class chance {
 public:
  explicit chance(std::string const& of) : engine_(static_cast<std::mt19937::result_type>(stable_hash(of))) {}
  int below(int limit) { return static_cast<int>(engine_() % static_cast<unsigned>(limit)); }
  template <class Range>
  auto const& one_of(Range const& range) {
    return range[static_cast<std::size_t>(below(static_cast<int>(range.size())))];
  }

 private:
  std::mt19937 engine_;
};

std::string attempt_name(cell_id const& cell, trial_record const& trial) {
  return cell.value + "|" + std::to_string(trial.trial) + "|" + std::to_string(trial.attempt);
}

message said_by(role from, int turn, std::string content, std::chrono::milliseconds at) {
  message said;
  said.from = from;
  said.turn = turn;
  said.content = std::move(content);
  said.at = at;
  return said;
}

spending spent(int input, int output) {
  spending used;
  used.requests = 1;
  used.input_tokens = input;
  used.output_tokens = output;
  used.cost = (input * 0.15 + output * 0.6) / 1e6;
  return used;
}

void add_lookup(transcript& talk, int turn, std::chrono::milliseconds at) {
  auto call = said_by(role::agent, turn, "", at);
  auto const id = "t" + std::to_string(turn);
  call.tool_calls.push_back(
      {id, "lookup_order", json_value(json{{"order_id", "4411"}}), requestor::assistant});
  talk.messages.push_back(call);
  auto answer = said_by(role::tool, turn, {}, at + 12ms);
  answer.result = {
      id, "lookup_order",
      json_value(json{{"amount", 49.9}, {"item", "wool blanket"}, {"status", "late"}, {"due", "2026-11-06"}}),
      false, answered_by::mock};
  talk.messages.push_back(answer);
}

transcript conversation(std::string const& name, trial_record const& trial) {
  chance dice(name + "|said");
  transcript talk;
  talk.id = conversation_id("c-" + std::to_string(trial.seed));
  talk.starts_at = run_began;
  talk.started_at = trial.started_at;
  talk.duration = trial.duration;
  talk.interactions = trial.interactions;
  talk.stopped = trial.stopped;
  talk.error = trial.error;
  std::chrono::milliseconds at{0};
  for (int turn = 1; turn <= trial.interactions; ++turn) {
    talk.messages.push_back(said_by(role::user, turn, dice.one_of(user_lines), at));
    auto const took = std::chrono::milliseconds(300 + dice.below(900) * (1 + dice.below(3)));
    if (dice.below(3) == 0) add_lookup(talk, turn, at + took / 2);
    talk.messages.push_back(said_by(role::agent, turn, dice.one_of(agent_lines), at + took));
    turn_time time(turn, took);
    time.agent_used = spent(400 + 90 * turn, 40 + dice.below(60));
    time.user_used = spent(300 + 60 * turn, 10 + dice.below(20));
    talk.turn_times.push_back(time);
    at += took + 2s;
  }
  return talk;
}

evaluation judgement(trial_record const& trial) {
  evaluation judged;
  if (!has_verdict(trial.outcome)) return judged;
  bool const passed = trial.outcome == outcome_class::passed;
  auto const verdict_here = passed ? verdict::met : verdict::not_met;
  judged.scored = true;
  judged.overall = verdict_here;
  judged.actions.push_back({"lookup_order", json_value(json{{"order_id", "4411"}}), requestor::assistant,
                            true, "lookup_order {\"order_id\":\"4411\"}"});
  judged.checks.push_back({"mentions", "\"49.90 EUR\"", "", verdict_here,
                           passed ? "I have issued a refund of 49.90 EUR for order 4411."
                                  : "Let me look at what I can do for you.",
                           trial.interactions});
  judged.checks.push_back({"turn_latency", "\"p95 < 4s\"", "", verdict::met, "p95 is 2.31s", std::nullopt});
  judged.nl_assertions.push_back({"The agent apologised before it asked for details.", verdict::met,
                                  "I'm sorry to hear that.", "The first reply begins with an apology."});
  judged.reward_breakdown = {{"ACTION", 1}, {"CHECK", passed ? 1 : 0}, {"NL_ASSERTION", 1}};
  return judged;
}

class generated_details : public trial_details {
 public:
  std::shared_ptr<trial_detail const> load(cell_id const& cell, trial_record const& trial) const override {
    auto detail = std::make_shared<trial_detail>();
    if (counts_as_not_run(trial.outcome)) return detail;
    detail->conversation = conversation(attempt_name(cell, trial), trial);
    detail->judged = judgement(trial);
    return detail;
  }
};

outcome_class outcome_of(chance& dice, int pass_percent) {
  if (dice.below(100) < 2) return outcome_class::agent_error;
  return dice.below(100) < pass_percent ? outcome_class::passed : outcome_class::failed;
}

trial_record held(cell const& planned, int number, int turns, int pass_percent) {
  trial_record trial;
  trial.trial = number;
  trial.seed = trial_seed(1, planned.id, number);
  chance dice(attempt_name(planned.id, trial));
  trial.outcome = outcome_of(dice, pass_percent);
  trial.stopped = stop_reason::agent_ended;
  if (trial.outcome == outcome_class::agent_error) {
    trial.stopped = stop_reason::agent_failed;
    trial.error = dice.below(2) == 0 ? trial_error{"agent.timeout", "no whole reply within 60s"}
                                     : trial_error{"agent.protocol", "status 502 Bad Gateway"};
  }
  trial.interactions = turns - dice.below(turns / 4 + 1);
  trial.duration = std::chrono::milliseconds(trial.interactions * (2100 + dice.below(900)));
  trial.started_at = run_began + std::chrono::seconds(dice.below(240));
  auto used = std::make_shared<party_spending>();
  used->agent = spent(700 * trial.interactions, 60 * trial.interactions);
  used->user = spent(500 * trial.interactions, 20 * trial.interactions);
  trial.used = used;
  return trial;
}

std::string label(std::size_t number, std::size_t of) {
  return number < of ? "" : " " + std::to_string(number / of + 1);
}

std::shared_ptr<cell> planned_cell(std::size_t place, int trials) {
  auto used = std::make_shared<scenario>();
  auto const pair = place / persona_names.size();
  used->name = scenario_names[pair % scenario_names.size()] + label(pair, scenario_names.size());
  used->id = scenario_id(std::to_string(100'000 + pair));
  used->versions.push_back({});
  used->versions.back().objective = "Get a refund for order 4411, which is two weeks late.";
  used->versions.back().instructions =
      "Polite at first; insist when refused. Give the order number only when asked.";
  used->versions.back().number = 3;
  used->versions.back().digest = std::string(64, 'a');
  auto speaker = std::make_shared<persona>();
  speaker->name = persona_names[place % persona_names.size()];
  speaker->id = persona_id(std::to_string(place % persona_names.size()));
  speaker->role = "customer";
  speaker->versions.push_back({});
  speaker->versions.back().background = "Has been ordering here for nine years and remembers every parcel.";
  auto planned = std::make_shared<cell>();
  planned->set = sets[pair % sets.size()];
  planned->scenario_used = used;
  planned->persona_used = speaker;
  planned->id = cell_id(planned->set + "/" + slug(used->name) + "@" + slug(speaker->name));
  planned->agent = "support";
  planned->tags = {{"category", planned->set}, {"priority", place % 3 == 0 ? "high" : "normal"}};
  if (place % 4 == 0) planned->tags["smoke"] = std::nullopt;
  planned->where = {"tests/" + planned->set + ".yaml", static_cast<int>(3 + pair * 4), 5, ""};
  planned->trials = trials;
  planned->rule = {pass_rule::kind::rate, 0, 0, 0.6};
  return planned;
}

}  // namespace

run_record generated_run(run_size size) {
  run_record run;
  run.facts.id = run_id("20261120-020000-8c41d7");
  run.facts.started_at = run_began;
  run.facts.command = {"parley", "run",        "-P", "nightly", "--trials", std::to_string(size.trials),
                       "--html", "report.html"};
  run.facts.versions = {{"parley", "0.1.0"}, {"support", "2026.11.19"}, {"commit", "4c1f0b7d9e2a"}};
  run.details = std::make_shared<generated_details>();
  for (int place = 0; place < size.cells; ++place) {
    cell_record record;
    auto const planned = planned_cell(static_cast<std::size_t>(place), size.trials);
    int const pass_percent = place % 11 == 3 ? 30 : place % 7 == 2 ? 75 : 100;
    for (int number = 1; number <= size.trials; ++number)
      record.trials.push_back(held(*planned, number, size.turns, pass_percent));
    record.planned = planned;
    settle(record);
    run.cells.push_back(std::move(record));
  }
  run.wall = std::chrono::minutes(4) + std::chrono::seconds(12);
  run.finished_at = run_began + std::chrono::seconds(252);
  return run;
}

}  // namespace parley::test
