#include "reports/jsonl_lines.hpp"

#include "reports/cell_summary.hpp"
#include "reports/evaluation_json.hpp"
#include "reports/json_append.hpp"
#include "reports/spending_json.hpp"
#include "reports/transcript_json.hpp"

#include <ostream>

namespace parley {
namespace {

void append_action(std::string& out, action_result const& action) {
  json_object_writer object(out);
  object.text("name", action.name);
  object.value("arguments", action.arguments);
  object.word("requestor", to_text(action.by));
  object.flag("action_match", action.match);
  object.close();
}

void append_assertion(std::string& out, nl_assertion_result const& assertion) {
  json_object_writer object(out);
  object.text("nl_assertion", assertion.assertion);
  object.word("verdict", to_text(assertion.answer));
  object.text("quote", assertion.quote);
  object.text("justification", assertion.justification);
  object.close();
}

void append_check(std::string& out, check_result const& check) {
  json_object_writer object(out);
  object.text("check", check.check);
  object.word("verdict", to_text(check.answer));
  object.text("evidence", check.evidence);
  if (check.turn) {
    object.number("turn", *check.turn);
  } else {
    object.null("turn");
  }
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

void append_evaluation_members(json_object_writer& object, evaluation const& judged) {
  append_reward_breakdown(object.member("reward_breakdown"), judged);
  append_array(object.member("action_checks"), judged.actions, append_action);
  append_array(object.member("nl_assertions"), judged.nl_assertions, append_assertion);
  append_array(object.member("checks"), judged.checks, append_check);
  append_array(object.member("metrics"), judged.metrics, append_metric);
}

// An invalid user, say, leaves criteria that speak about nothing.
bool is_judged(result_line const& line) {
  bool const meant = has_verdict(line.outcome) || line.outcome == outcome_class::judge_undecided;
  return meant && line.judged && line.judged->scored;
}

}  // namespace

result_line line_of(cell_record const& cell, trial_record const& trial, evaluation const& judged) {
  result_line line;
  line.id = cell.planned->id.value;
  line.trial = trial.trial;
  line.outcome = trial.outcome;
  line.stopped = trial.stopped;
  line.judged = &judged;
  line.error = trial.error;
  line.duration = trial.duration;
  if (trial.used) line.used = *trial.used;
  for (auto const& earlier : cell.earlier) {
    if (earlier.trial != trial.trial) continue;
    ++line.attempts;
    if (earlier.used) line.used += *earlier.used;
  }
  return line;
}

void append_result_line(std::string& out, result_line const& line, transcript const* sealed) {
  static evaluation const nothing;
  json_object_writer object(out);
  object.text("id", line.id);
  if (line.trial) object.number("trial", *line.trial);
  object.word("outcome", to_text(line.outcome));
  if (line.stopped) {
    object.word("stop_reason", to_text(*line.stopped));
  } else {
    object.null("stop_reason");
  }
  if (auto const value = reward(line.outcome)) {
    object.number("reward", *value);
  } else {
    object.null("reward");
  }
  append_evaluation_members(object, is_judged(line) ? *line.judged : nothing);
  if (line.error) append_trial_error(object.member("error"), *line.error);
  object.number("duration_ms", std::chrono::floor<std::chrono::milliseconds>(line.duration).count());
  if (line.attempts > 1) object.number("attempts", line.attempts);
  if (!line.used.empty()) append_party_spending(object.member("usage"), line.used);
  if (sealed) append_transcript(object.member("transcript"), *sealed);
  object.close();
}

void write_jsonl(run_record const& run, report_options const&, std::ostream& out) {
  std::string text;
  for (auto const& cell : run.cells) {
    for (auto const& trial : cell.trials) {
      text.clear();
      append_result_line(text, line_of(cell, trial, load_detail(run, cell, trial)->judged));
      out << text << '\n';
    }
  }
}

}  // namespace parley
