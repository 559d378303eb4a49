// Which of the declared models speaks as the user and which one judges.
#pragma once

#include "adapters/cli/settings.hpp"
#include "runner/evaluation/judge.hpp"
#include "runner/inputs/run_plan.hpp"
#include "runner/run/trial_models.hpp"

#include <memory>
#include <vector>

namespace parley {

// The one that `simulated_user.model` or `judge.model` names, else the only one declared; null: none.
model_settings const* user_model(settings const& configuration);
model_settings const* judge_model(settings const& configuration);

// Whether any of these cells needs one of them.
bool need_user_model(std::vector<std::shared_ptr<cell const>> const& cells);
bool need_judge_model(std::vector<std::shared_ptr<cell const>> const& cells);

// How it judges: confirmations and the project's metrics.
judge_options judging_of(settings const& configuration);

// How long one of their answers may take.
answer_limit user_limit_of(settings const& configuration);
answer_limit judge_limit_of(settings const& configuration);

}  // namespace parley
