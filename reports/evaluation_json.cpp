#include "reports/evaluation_json.hpp"

#include "reports/json_append.hpp"
#include "reports/stored_form.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using nlohmann::json;

void append_action(std::string& out, action_result const& action) {
  json_object_writer object(out);
  object.text("name", action.name);
  object.value("arguments", action.arguments);
  object.word("requestor", to_text(action.by));
  object.flag("match", action.match);
  if (!action.evidence.empty()) object.text("evidence", action.evidence);
  object.close();
}

void append_assertion(std::string& out, nl_assertion_result const& assertion) {
  json_object_writer object(out);
  object.text("assertion", assertion.assertion);
  object.word("verdict", to_text(assertion.answer));
  object.text("quote", assertion.quote);
  object.text("justification", assertion.justification);
  object.close();
}

void append_check(std::string& out, check_result const& result) {
  json_object_writer object(out);
  object.text("check", result.check);
  object.text("expected", result.expected);
  if (!result.name.empty()) object.text("name", result.name);
  object.word("verdict", to_text(result.answer));
  object.text("evidence", result.evidence);
  if (result.turn) object.number("turn", *result.turn);
  object.close();
}

void append_metric(std::string& out, metric_result const& metric) {
  json_object_writer object(out);
  object.text("name", metric.name);
  object.value("value", metric.value);
  object.word("verdict", to_text(metric.answer));
  object.text("justification", metric.justification);
  object.close();
}

verdict verdict_of(json const& form, char const* key) {
  return enumerator_of(form.at(key).get_ref<std::string const&>(),
                       {verdict::met, verdict::not_met, verdict::undecided});
}

action_result action_from(json const& form) {
  action_result action;
  action.name = form.at("name").get<std::string>();
  action.arguments = json_value(member_or_null(form, "arguments"));
  action.by = text_or_empty(form, "requestor") == "user" ? requestor::user : requestor::assistant;
  action.match = flag_or(form, "match", false);
  action.evidence = text_or_empty(form, "evidence");
  return action;
}

nl_assertion_result assertion_from(json const& form) {
  nl_assertion_result assertion;
  assertion.assertion = form.at("assertion").get<std::string>();
  assertion.answer = verdict_of(form, "verdict");
  assertion.quote = text_or_empty(form, "quote");
  assertion.justification = text_or_empty(form, "justification");
  return assertion;
}

check_result check_from(json const& form) {
  check_result result;
  result.check = form.at("check").get<std::string>();
  result.expected = text_or_empty(form, "expected");
  result.name = text_or_empty(form, "name");
  result.answer = verdict_of(form, "verdict");
  result.evidence = text_or_empty(form, "evidence");
  if (auto const& turn = member_or_null(form, "turn"); !turn.is_null()) result.turn = turn.get<int>();
  return result;
}

metric_result metric_from(json const& form) {
  metric_result metric;
  metric.name = form.at("name").get<std::string>();
  metric.value = json_value(member_or_null(form, "value"));
  metric.answer = verdict_of(form, "verdict");
  metric.justification = text_or_empty(form, "justification");
  return metric;
}

evaluation evaluation_from(json const& form) {
  require_format(form, evaluation_format);
  evaluation judged;
  judged.scored = flag_or(form, "scored", false);
  judged.overall = verdict_of(form, "overall");
  for (auto const& [component, reward] : member_or_null(form, "reward_breakdown").items())
    judged.reward_breakdown[component] =
        reward.is_null() ? std::nullopt : std::optional<int>(reward.get<int>());
  for (auto const& action : member_or_null(form, "actions")) judged.actions.push_back(action_from(action));
  for (auto const& one : member_or_null(form, "nl_assertions"))
    judged.nl_assertions.push_back(assertion_from(one));
  for (auto const& check : member_or_null(form, "checks")) judged.checks.push_back(check_from(check));
  for (auto const& metric : member_or_null(form, "metrics")) judged.metrics.push_back(metric_from(metric));
  return judged;
}

}  // namespace

void append_reward_breakdown(std::string& out, evaluation const& judged) {
  json_object_writer object(out);
  for (auto const& [component, reward] : judged.reward_breakdown) {
    if (reward) {
      object.number(component, *reward);
    } else {
      object.null(component);
    }
  }
  object.close();
}

void append_evaluation(std::string& out, evaluation const& judged) {
  json_object_writer object(out);
  object.number("format", evaluation_format);
  object.flag("scored", judged.scored);
  object.word("overall", to_text(judged.overall));
  append_reward_breakdown(object.member("reward_breakdown"), judged);
  append_array(object.member("actions"), judged.actions, append_action);
  append_array(object.member("nl_assertions"), judged.nl_assertions, append_assertion);
  append_array(object.member("checks"), judged.checks, append_check);
  append_array(object.member("metrics"), judged.metrics, append_metric);
  object.close();
}

outcome<evaluation> read_evaluation(json const& form) {
  return read_stored("evaluation", [&] { return evaluation_from(form); });
}

}  // namespace parley
