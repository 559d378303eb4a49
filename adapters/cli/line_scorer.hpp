// From one line of recorded conversations to its verdict. Lines with the same scenario share what was made
// ready of it. May be used from several threads at once.
#pragma once

#include "runner/evaluation/evaluate_transcript.hpp"
#include "runner/failure.hpp"
#include "runner/inputs/scenario.hpp"
#include "runner/run/run_record.hpp"

#include <nlohmann/json_fwd.hpp>

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace parley {

// A scenario as the lines hold it, ready to judge.
struct judged_scenario {
  std::shared_ptr<scenario const> content;
  std::optional<compiled_criteria> criteria;  // absent: `error` says why the lines are bad
  std::string error;
  std::vector<std::string> warnings;
};

struct scored_line {
  std::string id;
  std::optional<int> trial;
  std::shared_ptr<judged_scenario const> by;
  trial_detail detail;
  outcome_class outcome = outcome_class::cancelled;
  std::optional<trial_error> error;
};

class line_scorer {
 public:
  explicit line_scorer(action_matching matching) : matching_(matching) {}

  // Failure: invalid_input, with what is wrong, without the place.
  outcome<scored_line> score(std::string_view line) const;

 private:
  std::shared_ptr<judged_scenario const> scenario_for(nlohmann::json const& written) const;

  action_matching matching_;
  mutable std::mutex mutex_;
  mutable std::unordered_map<std::string, std::shared_ptr<judged_scenario const>> known_;  // by its JSON text
  mutable std::size_t known_bytes_ = 0;
};

}  // namespace parley
