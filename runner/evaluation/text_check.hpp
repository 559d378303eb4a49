// The checks on what was said: contains, equals, matches, mentions and their negations.
#pragma once

#include "runner/conversation/transcript.hpp"
#include "runner/evaluation/finding.hpp"
#include "runner/evaluation/text_matcher.hpp"
#include "runner/inputs/input_problems.hpp"

#include <optional>
#include <vector>

namespace parley {

class text_check {
 public:
  // Empty when the value makes no sense; what is wrong stands in `problems` then.
  static std::optional<text_check> compile(check const& source, input_problems& problems);

  finding look_at(transcript const& sealed) const;

 private:
  struct wanted_text {
    std::string text;  // as written
    text_matcher matcher;
  };

  explicit text_check(check const& source);

  finding look_for_all(transcript const& sealed) const;
  finding look_for_none(transcript const& sealed) const;

  std::vector<wanted_text> wanted_;
  check_side of_;
  message_scope scope_;
  bool negative_;
};

}  // namespace parley
