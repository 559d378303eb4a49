// tool_called and tool_not_called: how often the agent called a tool.
#pragma once

#include "runner/conversation/transcript.hpp"
#include "runner/evaluation/finding.hpp"
#include "runner/inputs/input_problems.hpp"

#include <functional>
#include <optional>

namespace parley {

class call_check {
 public:
  // Empty when the value makes no sense; what is wrong stands in `problems` then.
  static std::optional<call_check> compile(check const& source, input_problems& problems);

  finding look_at(transcript const& sealed) const;

 private:
  enum class comparison { equal, less, at_most, more, at_least };
  struct count_rule {
    comparison how = comparison::at_least;
    long than = 1;
    bool holds(long count) const;
  };

  static std::optional<count_rule> parse_times(nlohmann::json const& value);
  bool matches(tool_call const& call) const;

  call_pattern wanted_;
  bool any_arguments_ = true;
  count_rule times_;
  bool negative_ = false;
};

}  // namespace parley
