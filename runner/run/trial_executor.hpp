// Holds and judges one attempt at a trial: facts, conversation, evaluation, outcome class.
#pragma once

#include "runner/conversation/next_step.hpp"
#include "runner/conversation/scripted_user.hpp"
#include "runner/evaluation/evaluate_transcript.hpp"
#include "runner/evaluation/judge.hpp"
#include "runner/inputs/run_plan.hpp"
#include "runner/ports/agent.hpp"
#include "runner/ports/language_model.hpp"
#include "runner/ports/time_source.hpp"
#include "runner/run/dispatcher.hpp"
#include "runner/run/run_record.hpp"
#include "runner/run/stop_request.hpp"
#include "runner/run/trial_models.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace parley {

// What all trials of a run share. Pointers are borrowed and outlive the run.
struct trial_services {
  time_source* time = nullptr;
  std::function<agent*(std::string const& name)> agent_named;  // never null for an agent of the plan
  std::function<void(trial_detail&)> redact;                   // removes secrets, after evaluation
  action_matching matching = action_matching::exact;
  std::optional<std::string> language;  // of the project, three letters
  std::string timezone = "UTC";         // of the project

  language_model* user_model = nullptr;  // null: only scripts speak as the user
  std::optional<double> user_temperature;
  answer_limit user_limit = limit_of_user(std::nullopt);
  language_model* judge_model = nullptr;  // null: judged criteria stay undecided
  answer_limit judge_limit = limit_of_judge(std::chrono::seconds(60));
  judge_options judging;
  std::function<std::string(std::string)> hide_from_judge;  // takes secrets out of a text; may be empty
  std::optional<wall_time> starts_at;  // of conversations that don't say; nullopt: when they start
  std::function<time_source*(trial_identity const&)> time_of;  // a conversation's own; empty: `time`
  std::function<void(trial_identity const&, spending const&)>
      pay;  // each answer of user and judge; may be empty
};

// A cell made ready: what its trials share; immutable.
class prepared_cell {
 public:
  prepared_cell(std::shared_ptr<cell const> planned, trial_services const& services);

  std::shared_ptr<cell const> planned;
  compiled_criteria criteria;
  std::shared_ptr<compiled_script const> script;  // never null
  conversation_rules rules;
  std::vector<message> history;  // without the line that opens
  std::string opening_text;      // of an event or a history line; may hold placeholders
  std::optional<std::string> language;
  std::string timezone;
  json_value user_variables;  // sensitive ones included
};

// What holds for one conversation of the cell.
std::shared_ptr<conversation_facts const> facts_for(prepared_cell const& prepared, trial_task const& task,
                                                    conversation_id id, wall_time now);

// Never throws for anything but a bug of ours. `detail` is filled while the conversation goes on.
boost::asio::awaitable<trial_record> execute_trial(std::shared_ptr<prepared_cell const> prepared,
                                                   trial_task task, conversation_id id,
                                                   trial_services const& services, stop_request const& stop,
                                                   std::shared_ptr<trial_detail> detail);

}  // namespace parley
