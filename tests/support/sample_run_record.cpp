#include "tests/support/sample_run_record.hpp"

#include <nlohmann/json.hpp>

namespace parley::test {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

constexpr wall_time run_began = std::chrono::sys_days(std::chrono::year(2026) / 11 / 20) + 9h;

std::string detail_key(cell_id const& cell, int trial, int attempt) {
  return cell.value + " " + std::to_string(trial) + " " + std::to_string(attempt);
}

message said_by(role from, int turn, std::string content, std::chrono::milliseconds at) {
  message said;
  said.from = from;
  said.turn = turn;
  said.content = std::move(content);
  said.at = at;
  return said;
}

message answer(int turn, tool_result result, std::chrono::milliseconds at) {
  auto said = said_by(role::tool, turn, {}, at);
  said.result = std::move(result);
  return said;
}

transcript opening_turn() {
  transcript talk;
  talk.id = conversation_id("c-1");
  talk.starts_at = run_began;
  talk.started_at = run_began + 1s;
  talk.messages.push_back(said_by(role::user, 1, "Hi, my order never came.", 0ms));
  auto call = said_by(role::agent, 1, "", 300ms);
  call.tool_calls.push_back(
      {"t1", "lookup_order", json_value(json{{"order_id", "4411"}}), requestor::assistant});
  talk.messages.push_back(call);
  talk.messages.push_back(answer(
      1, {"t1", "lookup_order", json_value(json{{"status", "late"}}), false, answered_by::mock}, 301ms));
  talk.messages.push_back(said_by(role::agent, 1, "I am sorry.\nWhat is the order number?", 800ms));
  talk.turn_times.push_back({1, 800ms});
  talk.interactions = 1;
  return talk;
}

trial_detail with_error(std::string type, std::string message_text, stop_reason reason) {
  trial_detail detail;
  detail.conversation = opening_turn();
  detail.conversation.stopped = reason;
  detail.conversation.duration = 60s;
  detail.conversation.error = trial_error{std::move(type), std::move(message_text)};
  return detail;
}

trial_detail hostile_detail() {
  auto detail = failed_detail();
  detail.conversation.messages.back().content = hostile_text();
  detail.judged.checks.front().evidence = hostile_text();
  detail.conversation.notes.push_back("no mock for action " + hostile_text());
  return detail;
}

trial_detail undecided_detail() {
  auto detail = passed_detail();
  detail.judged.overall = verdict::undecided;
  detail.judged.nl_assertions.push_back({"The agent apologised before it asked for details.",
                                         verdict::undecided, "", "no judge is configured"});
  detail.judged.reward_breakdown["NL_ASSERTION"] = std::nullopt;
  return detail;
}

class record_builder {
 public:
  record_builder() : details_(std::make_shared<memory_details>()) {
    run_.facts.id = run_id("20261120-090000-3fa9c1");
    run_.facts.seed = 7;
    run_.facts.started_at = run_began;
    run_.facts.command = {"parley", "run", "--seed", "7"};
    run_.facts.versions = {{"parley", "0.1.0"}, {"support", "2026.11"}};
    run_.facts.directory = ".parley/runs/20261120-090000-3fa9c1";
    run_.finished_at = run_began + 252s;
    run_.wall = 252s;
    run_.warnings = {"the file tests/old.yaml is empty"};
  }

  cell& add(std::shared_ptr<cell> planned) {
    cell_record record;
    planned->place = run_.cells.size();
    record.planned = planned;
    run_.cells.push_back(std::move(record));
    return *planned;
  }

  // Appends an attempt at a trial of the cell added last.
  void attempt(int trial, outcome_class outcome, trial_detail detail, bool retried = false) {
    auto& cell = run_.cells.back();
    trial_record record;
    record.trial = trial;
    record.attempt = 1;
    for (auto const& earlier : cell.earlier)
      if (earlier.trial == trial) ++record.attempt;
    record.seed = 1000 + static_cast<std::uint64_t>(trial);
    record.outcome = outcome;
    record.stopped = detail.conversation.stopped;
    record.error = detail.conversation.error;
    record.started_at = run_began + std::chrono::seconds(++started_);
    record.duration = detail.conversation.duration;
    record.interactions = detail.conversation.interactions;
    details_->add(cell.planned->id, record, std::move(detail));
    (retried ? cell.earlier : cell.trials).push_back(std::move(record));
  }

  run_record take() {
    for (auto& cell : run_.cells) settle(cell);
    run_.details = details_;
    return std::move(run_);
  }

 private:
  run_record run_;
  std::shared_ptr<memory_details> details_;
  int started_ = 0;
};

void add_refunds(record_builder& run) {
  run.add(sample_cell("refunds", "Late delivery refund", "Calm regular"));
  run.attempt(1, outcome_class::passed, passed_detail());

  auto& failing = run.add(sample_cell("refunds", "Late delivery refund", "Angry regular"));
  failing.trials = 5;
  failing.rule = {pass_rule::kind::count, 4, 5, 0};
  run.attempt(1, outcome_class::passed, passed_detail());
  run.attempt(2, outcome_class::failed, failed_detail());
  run.attempt(3, outcome_class::agent_error,
              with_error("agent.timeout", "no whole reply within 60s", stop_reason::agent_failed));
  run.attempt(4, outcome_class::passed, passed_detail());
  run.attempt(5, outcome_class::failed, hostile_detail());

  run.add(sample_cell("refunds", "Lost parcel", "Angry regular"));
  run.attempt(
      1, outcome_class::agent_error,
      with_error("agent.transport", "connecting to 127.0.0.1:8080: refused", stop_reason::agent_failed),
      true);
  run.attempt(1, outcome_class::agent_error,
              with_error("agent.timeout", "no whole reply within 60s", stop_reason::agent_failed));

  auto& flaky = run.add(sample_cell("refunds", "Lost parcel", "Calm regular"));
  flaky.trials = 2;
  flaky.rule = {pass_rule::kind::any, 0, 0, 0};
  run.attempt(1, outcome_class::failed, failed_detail());
  run.attempt(2, outcome_class::passed, passed_detail());

  run.add(sample_cell("refunds", "Wrong size", "Calm regular"));
  run.attempt(1, outcome_class::agent_error,
              with_error("agent.protocol", "status 502", stop_reason::agent_failed), true);
  run.attempt(1, outcome_class::passed, passed_detail());
}

void add_orders(record_builder& run) {
  run.add(sample_cell("orders.v2", "Gift card", "Calm regular")).skip = "waits for the new API";

  run.add(sample_cell("orders.v2", "Gift card", "Angry regular"));
  run.attempt(1, outcome_class::budget_exhausted, {});

  auto& judged = run.add(sample_cell("orders.v2", "Apology", "Calm regular"));
  judged.name = "With a judge";
  judged.id.value += "#with-a-judge";
  run.attempt(1, outcome_class::judge_undecided, undecided_detail());

  run.add(sample_cell("orders.v2", "Apology", "Angry regular")).quarantine = "ticket 7";
  run.attempt(1, outcome_class::failed, failed_detail());

  auto& broken = run.add(sample_cell("orders.v2", "Überraschung", "Angry regular"));
  broken.trials = 3;
  run.attempt(1, outcome_class::simulator_invalid, passed_detail());
  run.attempt(2, outcome_class::infrastructure_error,
              with_error("simulator.error", "the model answered 500", stop_reason::user_failed));
  run.attempt(3, outcome_class::cancelled, {});
}

}  // namespace

std::string hostile_text() {
  return "<b>]]> & \"quoted\" [[ATTACHMENT|../../etc/passwd]] [\x1b[0m[ATTACHMENT|x]]\n"
         "::error::owned ##vso[task.setvariable] ##[command] ##teamcity[x] \x1b[31mred\x1b]0;title\x07 "
         "\xff\xed\xa0\x80 \xef\xbf\xbe \x01\r \xe2\x80\xae cut\x1b[3";
}

void memory_details::add(cell_id const& cell, trial_record const& trial, trial_detail detail) {
  details_[detail_key(cell, trial.trial, trial.attempt)] =
      std::make_shared<trial_detail const>(std::move(detail));
}

std::shared_ptr<trial_detail const> memory_details::load(cell_id const& cell,
                                                         trial_record const& trial) const {
  auto const found = details_.find(detail_key(cell, trial.trial, trial.attempt));
  return found == details_.end() ? std::make_shared<trial_detail const>() : found->second;
}

std::shared_ptr<cell> sample_cell(std::string const& set, std::string const& scenario_name,
                                  std::string const& persona_name) {
  auto const digest_of = [](std::string const& name) {
    return std::string(56, '0') +
           std::to_string(10'000'000 + name.size() * 1000 + static_cast<unsigned char>(name[0]));
  };
  auto used = std::make_shared<scenario>();
  used->id = scenario_id("5c0000000000000000000" + std::to_string(100 + scenario_name.size()));
  used->name = scenario_name;
  used->versions.push_back({});
  used->versions.back().objective = "Get a refund for order 4411.";
  used->versions.back().number = 3;
  used->versions.back().digest = digest_of(scenario_name);
  auto speaker = std::make_shared<persona>();
  speaker->id = persona_id("9e0000000000000000000" + std::to_string(100 + persona_name.size()));
  speaker->name = persona_name;
  speaker->versions.push_back({});
  speaker->versions.back().background = "A customer of many years.";
  speaker->versions.back().digest = digest_of(persona_name);
  auto planned = std::make_shared<cell>();
  planned->id = cell_id(slug(set) + "/" + slug(scenario_name) + "@" + slug(persona_name));
  planned->set = set;
  planned->scenario_used = used;
  planned->persona_used = speaker;
  planned->agent = "support";
  planned->tags = {{"category", "refunds"}, {"smoke", std::nullopt}};
  planned->where = {"tests/" + set + ".yaml", 12, 5, ""};
  return planned;
}

trial_detail passed_detail() {
  trial_detail detail;
  detail.conversation = opening_turn();
  detail.conversation.messages.push_back(said_by(role::user, 2, "It's 4411.", 1000ms));
  detail.conversation.messages.push_back(said_by(role::agent, 2, "Your refund id is R-77.", 1850ms));
  detail.conversation.turn_times.push_back({2, 850ms});
  detail.conversation.interactions = 2;
  detail.conversation.stopped = stop_reason::agent_ended;
  detail.conversation.duration = 1234567us;
  detail.judged.scored = true;
  detail.judged.overall = verdict::met;
  detail.judged.actions.push_back(
      {"lookup_order", json_value(json{{"order_id", "4411"}}), requestor::assistant, true, ""});
  detail.judged.checks.push_back(
      {"mentions", "\"refund id\"", "", verdict::met, "Your refund id is R-77.", 2});
  detail.judged.reward_breakdown = {{"ACTION", 1}, {"CHECK", 1}};
  return detail;
}

trial_detail failed_detail() {
  auto detail = passed_detail();
  detail.conversation.messages.back().content = "I cannot help with that.";
  detail.conversation.stopped = stop_reason::max_interactions;
  detail.judged.overall = verdict::not_met;
  detail.judged.checks.front() = {
      "mentions", "\"refund id\"", "", verdict::not_met, "I cannot help with that.", 2};
  detail.judged.checks.push_back(
      {"max_interactions", "2", "", verdict::not_met, "2 interactions", std::nullopt});
  detail.judged.reward_breakdown["CHECK"] = 0;
  return detail;
}

run_record sample_run_record() {
  record_builder run;
  add_refunds(run);
  add_orders(run);
  return run.take();
}

std::shared_ptr<run_plan const> sample_plan(run_record const& run) {
  auto plan = std::make_shared<run_plan>();
  plan->id = run.facts.id;
  plan->seed = run.facts.seed;
  for (auto const& cell : run.cells) plan->cells.push_back(cell.planned);
  return plan;
}

}  // namespace parley::test
