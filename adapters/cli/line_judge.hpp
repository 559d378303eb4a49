// The judge of recorded conversations: asks its model on a thread of its own, many questions at once.
#pragma once

#include "adapters/cli/line_scorer.hpp"
#include "adapters/cli/settings.hpp"
#include "reports/redaction.hpp"

#include <future>
#include <memory>

namespace parley {

class line_judge {
 public:
  // Null when no model judges, or --no-judge was given.
  static std::unique_ptr<line_judge> make(settings const& configuration, redaction mask);
  ~line_judge();
  line_judge(line_judge const&) = delete;
  line_judge& operator=(line_judge const&) = delete;

  // Whether there is anything in it that only a judge can say.
  static bool is_needed(scored_line const& scored);

  // The line with its verdicts. May be called from any thread.
  std::future<scored_line> judge(scored_line scored);

 private:
  struct state;
  explicit line_judge(std::unique_ptr<state> made);
  std::unique_ptr<state> state_;
};

}  // namespace parley
