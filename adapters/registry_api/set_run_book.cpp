#include "adapters/registry_api/set_run_book.hpp"

#include "adapters/formats/digest.hpp"
#include "adapters/registry_api/amigo_views.hpp"
#include "runner/inputs/json_fields.hpp"

#include <nlohmann/json.hpp>

#include <memory>

namespace parley {
namespace {

using nlohmann::json;

// The body: {"set_id", "set_name", "specs": [...], "metrics": [...], "is_completed", "failed_metrics",
// "errored", "artifacts_generated"}; every spec has "trials": an entry for each repetition, null while there
// is none.

json pin_json(object_pin const& pin) {
  return json::array({pin.id, pin.version});
}

object_pin pin_of(json const& form) {
  return {form.at(0).get<std::string>(), form.at(1).get<int>()};
}

json spec_body(set_run_spec const& spec) {
  return {{"unit_test_id", spec.unit_test_id},
          {"name", spec.name},
          {"run_count", spec.run_count},
          {"max_interactions", spec.max_interactions},
          {"scenario", pin_json(spec.scenario_used)},
          {"persona", pin_json(spec.persona_used)},
          {"agent_id", spec.agent_id},
          {"agent", spec.agent},
          {"agent_version", spec.agent_version},
          {"success_criterions", spec.success_criterions.get()},
          {"trials", json(static_cast<std::size_t>(spec.run_count), json())}};
}

set_run_spec spec_of(json const& form) {
  set_run_spec spec;
  spec.unit_test_id = form.at("unit_test_id");
  spec.name = form.at("name");
  spec.run_count = form.at("run_count");
  spec.max_interactions = form.at("max_interactions");
  spec.scenario_used = pin_of(form.at("scenario"));
  spec.persona_used = pin_of(form.at("persona"));
  spec.agent_id = form.at("agent_id");
  spec.agent = form.at("agent");
  spec.agent_version = form.at("agent_version");
  spec.success_criterions = json_value(form.at("success_criterions"));
  return spec;
}

json metric_body(metric_definition const& metric) {
  return {{"id", metric.id},
          {"name", metric.name},
          {"description", metric.description},
          {"value", metric.value.get()},
          {"notes", metric.notes}};
}

metric_definition metric_of(json const& form) {
  metric_definition metric;
  metric.id = form.at("id");
  metric.name = form.at("name");
  metric.description = form.at("description");
  metric.value = json_value(form.at("value"));
  metric.notes = form.at("notes");
  return metric;
}

// One repetition: what became of it, and of each criterion in the unit test's order.
json trial_body(trial_record const& trial, trial_detail const& detail) {
  json verdicts = json::array();
  for (auto const& metric : detail.judged.metrics) verdicts.push_back(to_text(metric.answer));
  json body{{"outcome", to_text(trial.outcome)}, {"verdicts", std::move(verdicts)}};
  if (trial.error) body["error"] = trial.error->type + ": " + trial.error->message;
  if (trial.outcome == outcome_class::judge_undecided)
    body["error"] = "judge.undecided: a metric has no verdict";
  if (trial.outcome == outcome_class::cancelled) body["error"] = "cancelled";
  return body;
}

// A repetition that did not come about tells why in `error`.
json missing_trial(outcome_class outcome, std::string error) {
  return {{"outcome", to_text(outcome)}, {"verdicts", json::array()}, {"error", std::move(error)}};
}

// Repetitions that nothing was written of until now.
void fill_missing(json& specs, json const& missing) {
  for (json& spec : specs)
    for (json& trial : spec.at("trials"))
      if (trial.is_null()) trial = missing;
}

bool is_failed(json const& trial) {
  return trial.is_object() && trial.at("outcome") == "failed";
}
bool is_errored(json const& trial) {
  return !is_failed(trial) && !(trial.is_object() && trial.at("outcome") == "passed");
}

json results_of(json const& spec, std::string const& run_id) {
  json metrics = json::array();
  json const& criteria = spec.at("success_criterions");
  for (std::size_t c = 0; c < criteria.size(); ++c) {
    json results = json::array();
    for (std::size_t t = 0; t < spec.at("trials").size(); ++t) {
      json const& trial = spec.at("trials")[t];
      if (!trial.is_object() || c >= trial.at("verdicts").size()) continue;
      json const& verdict = trial.at("verdicts")[c];
      if (verdict == "undecided") continue;
      std::string const key = run_id + ":" + spec.at("unit_test_id").get<std::string>() + ":" +
                              std::to_string(c) + ":" + std::to_string(t + 1);
      results.push_back(json::array({default_id("evaluation", key), verdict == "met"}));
    }
    metrics.push_back({{"metric_id", criteria[c].at("metric_id")}, {"results", std::move(results)}});
  }
  json errors = json::array();
  for (json const& trial : spec.at("trials"))
    if (trial.is_object() && trial.contains("error")) errors.push_back(trial.at("error"));
  return {{"unit_test_id", spec.at("unit_test_id")},
          {"metric_evaluation_results", std::move(metrics)},
          {"run_errors", std::move(errors)}};
}

json shown_spec(json const& spec) {
  json metrics = json::array();
  for (json const& success : spec.at("success_criterions")) metrics.push_back(success.at("metric_id"));
  json const agent = json::array({spec.at("agent_id"), spec.at("agent_version")});
  return {{"unit_test_id", spec.at("unit_test_id")},
          {"run_count", spec.at("run_count")},
          {"max_interactions", spec.at("max_interactions")},
          {"scenario_version_info", spec.at("scenario")},
          {"persona_version_info", spec.at("persona")},
          {"agent_version_info", agent},
          {"service_hierarchical_state_machine_version_info", agent},
          {"llm_model_preferences", json::object()},
          {"metrics_to_evaluate", std::move(metrics)}};
}

std::string flag_text(json const& flag) {
  return flag == true ? "true" : "false";
}

}  // namespace

json_value set_run_body(set_run_plan const& plan) {
  json body{{"set_id", plan.set_id},    {"set_name", plan.set_name},   {"specs", json::array()},
            {"metrics", json::array()}, {"is_completed", false},       {"failed_metrics", false},
            {"errored", false},         {"artifacts_generated", false}};
  for (auto const& spec : plan.specs) body["specs"].push_back(spec_body(spec));
  for (auto const& metric : plan.metrics) body["metrics"].push_back(metric_body(metric));
  return json_value(std::move(body));
}

set_run_plan plan_of(json const& body) {
  set_run_plan plan;
  plan.set_id = body.at("set_id");
  plan.set_name = body.at("set_name");
  for (json const& spec : body.at("specs")) plan.specs.push_back(spec_of(spec));
  for (json const& metric : body.at("metrics")) plan.metrics.push_back(metric_of(metric));
  return plan;
}

std::vector<facet> set_run_facets(json const& body) {
  std::vector<facet> facets;
  facets.emplace_back("set", body.at("set_id").get<std::string>());
  for (auto const* const state : {"is_completed", "failed_metrics", "errored"})
    facets.emplace_back(state, flag_text(body.at(state)));
  return facets;
}

json set_run_json(registry_object const& run) {
  json const& body = run.body.get();
  json specs = json::array();
  json results = json::array();
  for (json const& spec : body.at("specs")) {
    specs.push_back(shown_spec(spec));
    results.push_back(results_of(spec, run.key.id));
  }
  json shown{{"id", run.key.id},
             {"org_id", run.key.organization},
             {"simulation_unit_test_set_id", body.at("set_id")},
             {"unit_test_run_specs", std::move(specs)},
             {"unit_test_run_results", std::move(results)},
             {"created_at", to_iso8601(run.created_at)},
             {"creator", author_json(run.key.organization, run.created_by)}};
  for (auto const* const state : {"is_completed", "failed_metrics", "errored", "artifacts_generated"})
    shown[state] = body.at(state);
  return shown;
}

set_run_book::set_run_book(object_key run, json const& body)
    : run_(std::move(run)), body_(std::make_unique<json>(body)) {}

set_run_book::~set_run_book() = default;

void set_run_book::trial_finished(std::size_t cell, trial_record const& trial, trial_detail const& detail) {
  json& trials = (*body_)["specs"].at(cell)["trials"];
  trials.at(static_cast<std::size_t>(trial.trial - 1)) = trial_body(trial, detail);
}

void set_run_book::ended(run_record const& run) {
  for (std::size_t cell = 0; cell < run.cells.size(); ++cell)
    for (auto const& trial : run.cells[cell].trials)
      trial_finished(cell, trial, *run.details->load(run.cells[cell].planned->id, trial));
  fill_missing((*body_)["specs"], run.over_budget
                                      ? missing_trial(outcome_class::budget_exhausted, "over budget")
                                      : missing_trial(outcome_class::cancelled, "cancelled"));
  (*body_)["artifacts_generated"] = true;
  complete();
}

void set_run_book::refused(std::string const& why, wall_time) {
  fill_missing((*body_)["specs"],
               missing_trial(outcome_class::infrastructure_error, "parley.server: " + why));
  complete();
}

void set_run_book::complete() {
  bool failed = false;
  bool errored = false;
  for (json const& spec : body_->at("specs"))
    for (json const& trial : spec.at("trials")) {
      failed = failed || is_failed(trial);
      errored = errored || is_errored(trial);
    }
  (*body_)["is_completed"] = true;
  (*body_)["failed_metrics"] = failed;
  (*body_)["errored"] = errored;
}

std::vector<object_write> set_run_book::take_writes() {
  object_write write;
  write.key = run_;
  write.body = json_value(*body_);
  write.facets = set_run_facets(*body_);
  std::vector<object_write> writes;
  writes.push_back(std::move(write));
  return writes;
}

}  // namespace parley
