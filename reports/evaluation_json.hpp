// The stored form of an evaluation: the only place that knows it, for writing and for reading. Format 1.
#pragma once

#include "runner/evaluation/verdict.hpp"
#include "runner/failure.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace parley {

inline constexpr int evaluation_format = 1;

// One JSON object, written without a document in between: this happens once per conversation.
void append_evaluation(std::string& out, evaluation const& judged);
// {"ACTION": 1, "CHECK": null}
void append_reward_breakdown(std::string& out, evaluation const& judged);

// Failure: unreadable, with what is wrong.
outcome<evaluation> read_evaluation(nlohmann::json const& form);

}  // namespace parley
