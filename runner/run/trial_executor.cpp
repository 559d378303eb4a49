#include "runner/run/trial_executor.hpp"

#include "runner/conversation/hold_conversation.hpp"
#include "runner/inputs/scenario_texts.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using boost::asio::awaitable;

compiled_criteria compile(cell const& planned, action_matching matching) {
  input_problems reported_when_loaded;
  return compiled_criteria(planned.success, matching, reported_when_loaded);
}

json_value merged(json_value const& open, json_value const& sensitive) {
  if (sensitive.is_null()) return open;
  nlohmann::json all = open.is_null() ? nlohmann::json::object() : open.get();
  all.update(sensitive.get());
  return json_value(std::move(all));
}

std::optional<std::string> language_of(persona_version const& who,
                                       std::optional<std::string> const& project) {
  if (who.preferred_language.which == inheritable_text::kind::given) return who.preferred_language.text;
  if (who.preferred_language.which == inheritable_text::kind::none) return std::nullopt;
  return project;
}

std::string timezone_of(persona_version const& who, std::string const& project) {
  if (who.timezone.which == inheritable_text::kind::given) return who.timezone.text;
  return who.timezone.which == inheritable_text::kind::none ? "UTC" : project;
}

std::shared_ptr<conversation_facts const> facts_for(prepared_cell const& prepared, trial_task const& task,
                                                    conversation_id id, wall_time now) {
  auto facts = std::make_shared<conversation_facts>();
  facts->id = std::move(id);
  facts->scenario_used = prepared.planned->scenario_used;
  facts->persona_used = prepared.planned->persona_used;
  facts->language = prepared.language;
  facts->timezone = prepared.timezone;
  facts->user_variables = prepared.user_variables;
  facts->variables = prepared.planned->scenario_content().environment.variables;
  facts->history = prepared.history;
  facts->starts_at = prepared.planned->scenario_content().conversation_starts_at.value_or(now);
  facts->seed = task.seed;
  facts->trial = task.trial;
  return facts;
}

outcome_class class_of(trial_detail const& detail, stop_request const& stop) {
  outcome_class const outcome = classify(detail.conversation, detail.judged);
  bool const over_budget = stop.why() == stop_request::cause::budget;
  return outcome == outcome_class::cancelled && over_budget ? outcome_class::budget_exhausted : outcome;
}

}  // namespace

prepared_cell::prepared_cell(std::shared_ptr<cell const> of, trial_services const& services)
    : planned(std::move(of)),
      criteria(compile(*planned, services.matching)),
      language(language_of(planned->persona_content(), services.language)),
      timezone(timezone_of(planned->persona_content(), services.timezone)),
      user_variables(merged(planned->persona_content().user_variables,
                            planned->persona_content().sensitive_user_variables)) {
  scenario_version const& content = planned->scenario_content();
  script = std::make_shared<compiled_script const>(content.script.value_or(user_script()),
                                                   content.initial_message);
  rules.opening = content.opening;
  rules.max_interactions = planned->limits.max_interactions;
  rules.max_steps = planned->limits.max_steps;
  rules.max_errors = planned->limits.max_errors;
  history = content.environment.message_history;
  if (content.opening == initial_message_type::user_message && !history.empty() &&
      history.back().from == role::user) {
    rules.line_from_history = true;
    opening_text = history.back().content;
    history.pop_back();
  } else {
    opening_text = content.initial_message.value_or(std::string());
  }
}

awaitable<trial_record> execute_trial(std::shared_ptr<prepared_cell const> prepared, trial_task task,
                                      conversation_id id, trial_services const& services,
                                      stop_request const& stop, std::shared_ptr<trial_detail> detail) {
  cell const& planned = *prepared->planned;
  auto const facts = facts_for(*prepared, task, std::move(id), services.time->wall_now());
  scenario_texts const texts(facts);
  auto const fill = [&texts](std::string const& text, transcript const& so_far) {
    return texts.fill(text, so_far);
  };
  scripted_user user(prepared->script, fill);
  agent* const asked = services.agent_named(planned.agent);
  std::unique_ptr<agent_conversation> const talk = asked->start(facts);

  conversation_setup setup;
  setup.facts = facts;
  setup.rules = prepared->rules;
  setup.rules.max_tool_rounds = asked->max_tool_rounds().value_or(setup.rules.max_tool_rounds);
  setup.opening_text = fill(prepared->opening_text, detail->conversation);
  setup.mocks = &planned.scenario_content().environment.action_mocks;
  setup.agent = talk.get();
  setup.user = &user;
  setup.time = services.time;
  setup.stop = &stop;
  setup.turn_timeout = planned.limits.turn_timeout;
  setup.timeout = planned.limits.timeout;
  setup.live = &detail->conversation;
  co_await hold_conversation(std::move(setup));

  if (is_scored(detail->conversation.stopped))
    detail->judged = prepared->criteria.evaluate(detail->conversation);
  trial_record record;
  record.trial = task.trial;
  record.attempt = task.attempt;
  record.seed = task.seed;
  record.outcome = class_of(*detail, stop);
  if (services.redact) services.redact(*detail);
  record.stopped = detail->conversation.stopped;
  record.error = detail->conversation.error;
  record.started_at = detail->conversation.started_at;
  record.duration = detail->conversation.duration;
  record.interactions = detail->conversation.interactions;
  record.detail = std::move(detail);
  co_return record;
}

}  // namespace parley
