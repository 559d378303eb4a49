#include "runner/run/trial_executor.hpp"

#include "runner/conversation/hold_conversation.hpp"
#include "runner/conversation/model_user.hpp"
#include "runner/conversation/user_validity.hpp"
#include "runner/inputs/scenario_texts.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using boost::asio::awaitable;
using time_point = std::chrono::steady_clock::time_point;

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

trial_identity identity_of(cell const& planned, trial_task const& task) {
  return {planned.id, task.trial, task.attempt};
}

// Who speaks as the user: the script where there is one, else the model. A script whose event has no text
// lets the model tell it.
class user_of_trial final : public simulated_user {
 public:
  user_of_trial(prepared_cell const& prepared, trial_services const& services, time_source const& time,
                std::shared_ptr<conversation_facts const> const& facts, scripted_user::text_filler fill)
      : is_scripted_(prepared.planned->scenario_content().script.has_value() ||
                     services.user_model == nullptr),
        script_(prepared.script, std::move(fill)) {
    if (services.user_model == nullptr) return;
    tagged_.emplace(*services.user_model, facts->held_as, services.pay, time, services.user_limit);
    model_.emplace(*tagged_, facts, prepared.planned->scenario_content().environment.action_mocks,
                   services.user_temperature);
  }

  bool is_model() const { return !is_scripted_; }
  spending spent() const { return tagged_ ? tagged_->spent() : spending(); }

  awaitable<outcome<user_line>> next_line(transcript const& so_far, time_point deadline) override {
    if (is_scripted_) return script_.next_line(so_far, deadline);
    return model_->next_line(so_far, deadline);
  }
  awaitable<outcome<user_line>> event_text(transcript const& so_far, time_point deadline) override {
    if (!model_) return script_.event_text(so_far, deadline);
    return model_->event_text(so_far, deadline);
  }

 private:
  bool is_scripted_;
  scripted_user script_;
  std::optional<trial_model> tagged_;
  std::optional<model_user> model_;
};

outcome_class cut_off_class(stop_request const& stop) {
  return stop.why() == stop_request::cause::budget ? outcome_class::budget_exhausted
                                                   : outcome_class::cancelled;
}

outcome_class class_of(trial_detail const& detail, stop_request const& stop) {
  outcome_class const outcome = classify(detail.conversation, detail.judged);
  return outcome == outcome_class::cancelled ? cut_off_class(stop) : outcome;
}

// A user that fell out of its part says nothing about the agent.
bool take_for_valid(transcript& sealed, std::shared_ptr<conversation_facts const> const& facts) {
  auto const faults = find_user_faults(sealed, facts);
  if (faults.empty()) return true;
  user_fault const& first = faults.front();
  sealed.error = trial_error{"simulator.invalid", std::string(to_text(first.kind)) + " in turn " +
                                                      std::to_string(first.turn) + ": " + first.evidence};
  return false;
}

// What a cassette lacks is the fault of nobody who was judged: no verdict stays.
void blame_the_cassette(failure const& why, trial_detail& detail) {
  detail.conversation.error = trial_error{"parley.cassette", why.detail};
  detail.judged = evaluation();
}

// False: it was cut off, and the conversation has to be held again to be judged.
awaitable<bool> judge_trial(prepared_cell const& prepared, trial_identity of, trial_services const& services,
                            time_source const& time, trial_detail& detail) {
  if (services.judge_model == nullptr || !prepared.planned->success.needs_judge()) co_return true;
  trial_model model(*services.judge_model, std::move(of), services.pay, time, services.judge_limit);
  judge const asked(model, services.judging);
  judge_case about;
  about.sealed = &detail.conversation;
  about.success = &prepared.planned->success;
  about.told = prepared.planned->scenario_used.get();
  about.redact = services.hide_from_judge;
  auto decided = co_await asked.decide(about, detail.judged);
  bool const unrecorded = decided.has_error() && decided.error().code == failure_code::not_recorded;
  if (decided) detail.judged = std::move(*decided);
  if (unrecorded) blame_the_cassette(decided.error(), detail);
  detail.judged.judge_used = model.spent();
  co_return decided.has_value() || unrecorded;
}

std::shared_ptr<party_spending const> spent_on(trial_detail const& detail) {
  party_spending used;
  for (auto const& turn : detail.conversation.turn_times) used.agent += turn.agent_used;
  used.user = detail.conversation.user_used;
  used.judge = detail.judged.judge_used;
  return used.empty() ? nullptr : std::make_shared<party_spending const>(used);
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
  facts->held_as = identity_of(*prepared.planned, task);
  return facts;
}

awaitable<trial_record> execute_trial(std::shared_ptr<prepared_cell const> prepared, trial_task task,
                                      conversation_id id, trial_services const& services,
                                      stop_request const& stop, std::shared_ptr<trial_detail> detail) {
  cell const& planned = *prepared->planned;
  trial_identity const identity = identity_of(planned, task);
  time_source& time = services.time_of ? *services.time_of(identity) : *services.time;
  auto const facts = facts_for(*prepared, task, std::move(id), services.starts_at.value_or(time.wall_now()));
  scenario_texts const texts(facts);
  auto const fill = [&texts](std::string const& text, transcript const& so_far) {
    return texts.fill(text, so_far);
  };
  user_of_trial user(*prepared, services, time, facts, fill);
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
  setup.time = &time;
  setup.stop = &stop;
  setup.turn_timeout = planned.limits.turn_timeout;
  setup.timeout = planned.limits.timeout;
  setup.live = &detail->conversation;
  co_await hold_conversation(std::move(setup));
  detail->conversation.user_used = user.spent();

  bool judged = true;
  if (is_scored(detail->conversation.stopped) &&
      (!user.is_model() || take_for_valid(detail->conversation, facts))) {
    detail->judged = prepared->criteria.evaluate(detail->conversation);
    judged = co_await judge_trial(*prepared, identity, services, time, *detail);
  }
  trial_record record;
  record.trial = task.trial;
  record.attempt = task.attempt;
  record.seed = task.seed;
  record.outcome = judged ? class_of(*detail, stop) : cut_off_class(stop);
  record.used = spent_on(*detail);
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
