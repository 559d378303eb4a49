#include "adapters/registry_api/simulation_book.hpp"

#include "adapters/registry_api/amigo_views.hpp"
#include "runner/run/outcome_class.hpp"
#include "runner/statistics/pass_rate.hpp"

#include <nlohmann/json.hpp>

#include <functional>

namespace parley {
namespace {

using nlohmann::json;

json time_json(std::optional<wall_time> at) {
  return at ? json(to_iso8601(*at)) : json();
}

json cost_json(spending const& used) {
  return used.cost ? json(*used.cost) : json();
}

json action_checks(trial_detail const& detail) {
  json checks = json::array();
  for (auto const& action : detail.judged.actions)
    checks.push_back(
        {{"action",
          {{"name", action.name}, {"arguments", action.arguments.get()}, {"requestor", to_text(action.by)}}},
         {"action_match", action.match},
         {"action_reward", action.match ? 1.0 : 0.0}});
  return checks;
}

json assertion_checks(trial_detail const& detail) {
  json checks = json::array();
  for (auto const& assertion : detail.judged.nl_assertions)
    checks.push_back(
        {{"nl_assertion", assertion.assertion},
         {"met", assertion.answer == verdict::undecided ? json() : json(assertion.answer == verdict::met)},
         {"justification", assertion.justification}});
  return checks;
}

json reward_info(trial_record const& trial, trial_detail const& detail) {
  auto const given = reward(trial.outcome);
  json breakdown = json::object();
  for (auto const& [component, value] : detail.judged.reward_breakdown)
    breakdown[component] = value ? json(*value) : json();
  return {{"reward", given ? json(static_cast<double>(*given)) : json()},
          {"action_checks", action_checks(detail)},
          {"nl_assertions", assertion_checks(detail)},
          {"reward_breakdown", std::move(breakdown)},
          {"info", {{"outcome", to_text(trial.outcome)}}}};
}

std::string dialect_role(role from) {
  return from == role::agent ? "assistant" : std::string(to_text(from));
}

json message_json(message const& said, wall_time began) {
  json form{{"role", dialect_role(said.from)},
            {"content", said.from == role::tool ? said.result.content.get() : json(said.content)},
            {"turn_idx", said.turn},
            {"timestamp", to_iso8601(began + said.at)}};
  if (said.from == role::tool) {
    form["tool_call_id"] = said.result.id;
    form["name"] = said.result.name;
    form["is_error"] = said.result.is_error;
    form["requestor"] = to_text(said.by);
  }
  if (said.tool_calls.empty()) return form;
  form["tool_calls"] = json::array();
  for (auto const& call : said.tool_calls)
    form["tool_calls"].push_back({{"id", call.id},
                                  {"name", call.name},
                                  {"arguments", call.arguments.get()},
                                  {"requestor", to_text(call.by)}});
  return form;
}

json messages_of(transcript const& said) {
  json messages = json::array();
  for (auto const& each : said.messages) messages.push_back(message_json(each, said.started_at));
  return messages;
}

json error_json(trial_record const& trial) {
  if (trial.error) return trial.error->type + ": " + trial.error->message;
  return nullptr;
}

std::vector<std::string> scenario_ids(simulation_plan const& plan) {
  std::vector<std::string> ids;
  for (auto const& pin : plan.scenarios) ids.push_back(pin.id);
  return ids;
}

json results_body(simulation_plan const& plan) {
  json pins = json::array();
  for (auto const& pin : plan.scenarios) pins.push_back(json::array({pin.id, pin.version}));
  return {{"agent_id", plan.agent_id},
          {"agent", plan.agent},
          {"agent_version", plan.agent_version},
          {"scenario_ids", scenario_ids(plan)},
          {"scenario_set_id", plan.scenario_set_id ? json(*plan.scenario_set_id) : json()},
          {"pins", std::move(pins)},
          {"lead_args", plan.lead_args.get()},
          {"num_trials", plan.num_trials},
          {"max_steps", plan.max_steps},
          {"max_errors", plan.max_errors},
          {"total_runs", plan.scenarios.size() * static_cast<std::size_t>(plan.num_trials)},
          {"completed_runs", 0},
          {"completed_at", nullptr},
          {"final_score", nullptr},
          {"pass_hat_ks", json::object()},
          {"avg_agent_cost", nullptr}};
}

json run_body(simulation_plan const& plan, std::size_t cell, int trial, std::string const& results_id) {
  return {{"agent_id", plan.agent_id},
          {"simulation_results_id", results_id},
          {"scenario_id", plan.scenarios[cell].id},
          {"scenario_set_id", plan.scenario_set_id ? json(*plan.scenario_set_id) : json()},
          {"max_steps", plan.max_steps},
          {"max_errors", plan.max_errors},
          {"cell", cell},
          {"trial", trial},
          {"simulated_lead_llm_args", plan.lead_args.get()},
          {"status", "pending"},
          {"started_at", nullptr},
          {"completed_at", nullptr},
          {"duration_in_seconds", nullptr},
          {"termination_reason", nullptr},
          {"agent_cost", nullptr},
          {"user_cost", nullptr},
          {"reward_info", nullptr},
          {"messages", json::array()},
          {"error", nullptr}};
}

void describe(json& body, trial_record const& trial, trial_detail const& detail) {
  auto const ended = trial.started_at + std::chrono::duration_cast<std::chrono::milliseconds>(trial.duration);
  auto const reason = eqho_termination_reason(trial.stopped, trial.outcome);
  body["status"] = "completed";
  body["started_at"] = time_json(trial.started_at);
  body["completed_at"] = time_json(ended);
  body["duration_in_seconds"] = std::chrono::duration<double>(trial.duration).count();
  body["termination_reason"] = reason ? json(*reason) : json();
  body["agent_cost"] = trial.used ? cost_json(trial.used->agent) : json();
  body["user_cost"] = trial.used ? cost_json(trial.used->user) : json();
  body["reward_info"] = reward_info(trial, detail);
  body["messages"] = messages_of(detail.conversation);
  body["error"] = error_json(trial);
}

}  // namespace

std::vector<registry_object> simulation_objects(simulation_plan const& plan, object_key results,
                                                std::string const& user,
                                                std::function<std::string()> const& new_id) {
  std::vector<registry_object> objects;
  registry_object& all = objects.emplace_back();
  all.key = results;
  all.body = json_value(results_body(plan));
  all.created_by = all.updated_by = user;
  for (std::size_t cell = 0; cell < plan.scenarios.size(); ++cell)
    for (int trial = 1; trial <= plan.num_trials; ++trial) {
      registry_object& run = objects.emplace_back();
      run.key = object_key(results.organization, object_kind::simulation_run, new_id());
      run.facets.emplace_back("results", results.id);
      run.body = json_value(run_body(plan, cell, trial, results.id));
      run.created_by = run.updated_by = user;
    }
  return objects;
}

simulation_plan simulation_plan_of(json const& body) {
  simulation_plan plan;
  plan.agent_id = body.at("agent_id");
  plan.agent = body.at("agent");
  plan.agent_version = body.at("agent_version");
  for (json const& pin : body.at("pins"))
    plan.scenarios.emplace_back(pin.at(0).get<std::string>(), pin.at(1).get<int>());
  if (body.at("scenario_set_id").is_string())
    plan.scenario_set_id = body.at("scenario_set_id").get<std::string>();
  plan.lead_args = json_value(body.at("lead_args"));
  plan.num_trials = body.at("num_trials");
  plan.max_steps = body.at("max_steps");
  plan.max_errors = body.at("max_errors");
  return plan;
}

json results_json(registry_object const& results) {
  json const& body = results.body.get();
  json shown{
      {"_id", results.key.id},
      {"account_id", results.key.organization},
      {"created_at", to_iso8601(results.created_at)},
      {"info",
       {{"num_trials", body.at("num_trials")},
        {"max_steps", body.at("max_steps")},
        {"max_errors", body.at("max_errors")},
        {"agent_info",
         {{"id", body.at("agent_id")}, {"name", body.at("agent")}, {"version", body.at("agent_version")}}},
        {"simulated_lead_info", body.at("lead_args")}}}};
  for (auto const* const key : {"agent_id", "scenario_ids", "scenario_set_id", "completed_at", "total_runs",
                                "completed_runs", "final_score", "pass_hat_ks", "avg_agent_cost"})
    shown[key] = body.at(key);
  return shown;
}

json simulation_run_json(registry_object const& run) {
  json shown = run.body.get();
  shown.erase("cell");
  shown["_id"] = run.key.id;
  shown["account_id"] = run.key.organization;
  shown["created_at"] = to_iso8601(run.created_at);
  return shown;
}

simulation_book::simulation_book(registry_object const& results, std::vector<registry_object> const& runs) {
  results_.key = results.key;
  results_.facets = results.facets;
  results_.body = std::make_unique<json>(results.body.get());
  for (auto const& run : runs) {
    document kept;
    kept.key = run.key;
    kept.facets = run.facets;
    kept.body = std::make_unique<json>(run.body.get());
    place const where{kept.body->at("cell").get<std::size_t>(), kept.body->at("trial").get<int>()};
    runs_.emplace(where, std::move(kept));
  }
}

simulation_book::~simulation_book() = default;

void simulation_book::trial_started(std::size_t cell, int trial, wall_time at) {
  document& run = runs_.at({cell, trial});
  (*run.body)["status"] = "running";
  (*run.body)["started_at"] = time_json(at);
  run.changed = true;
}

void simulation_book::trial_finished(std::size_t cell, trial_record const& trial,
                                     trial_detail const& detail) {
  document& run = runs_.at({cell, trial.trial});
  bool const first = run.body->at("status") != "completed";
  describe(*run.body, trial, detail);
  run.changed = true;
  if (first) (*results_.body)["completed_runs"] = results_.body->at("completed_runs").get<int>() + 1;
  results_.changed = true;
}

void simulation_book::ended(run_record const& run) {
  for (std::size_t cell = 0; cell < run.cells.size(); ++cell)
    for (auto const& trial : run.cells[cell].trials)
      if (runs_.at({cell, trial.trial}).body->at("status") != "completed")
        trial_finished(cell, trial, *run.details->load(run.cells[cell].planned->id, trial));
  json hats = json::object();
  for (auto const& rate : pass_rates(run))
    if (rate.cells > 0) hats[std::to_string(rate.k)] = rate.all_pass;
  (*results_.body)["pass_hat_ks"] = std::move(hats);
  complete(run.finished_at);
}

void simulation_book::refused(std::string const& why, wall_time at) {
  for (auto& [where, run] : runs_) {
    if (run.body->at("status") == "completed") continue;
    (*run.body)["status"] = "completed";
    (*run.body)["completed_at"] = time_json(at);
    (*run.body)["error"] = "parley.server: " + why;
    run.changed = true;
  }
  complete(at);
}

// The mean reward of conversations that have one, and the agent's mean cost where it is known.
void simulation_book::complete(wall_time at) {
  double rewards = 0;
  double costs = 0;
  int rewarded = 0;
  int costed = 0;
  for (auto const& [where, run] : runs_) {
    json const& info = run.body->at("reward_info");
    if (info.is_object() && info.at("reward").is_number())
      rewards += info.at("reward").get<double>(), ++rewarded;
    json const& cost = run.body->at("agent_cost");
    if (cost.is_number()) costs += cost.get<double>(), ++costed;
  }
  (*results_.body)["completed_runs"] = runs_.size();
  (*results_.body)["completed_at"] = time_json(at);
  (*results_.body)["final_score"] = rewarded > 0 ? json(rewards / rewarded) : json();
  (*results_.body)["avg_agent_cost"] = costed > 0 ? json(costs / costed) : json();
  results_.changed = true;
}

std::vector<object_write> simulation_book::take_writes() {
  std::vector<object_write> writes;
  auto const take = [&](document& from) {
    if (!std::exchange(from.changed, false)) return;
    object_write write;
    write.key = from.key;
    write.facets = from.facets;
    write.body = json_value(*from.body);
    writes.push_back(std::move(write));
  };
  for (auto& [where, run] : runs_) take(run);
  take(results_);
  return writes;
}

}  // namespace parley
