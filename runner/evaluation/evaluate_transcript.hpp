// All criteria over one sealed transcript. Pure: the same transcript gives the same evaluation at any time,
// on any thread.
#pragma once

#include "runner/conversation/transcript.hpp"
#include "runner/evaluation/verdict.hpp"
#include "runner/inputs/criteria.hpp"
#include "runner/inputs/input_problems.hpp"

#include <memory>

namespace parley {

// How expected tool calls are compared: design §7. `tau2` follows that benchmark's own rules.
enum class action_matching { exact, tau2 };

// Criteria made ready once per cell (patterns compiled, schemas parsed); immutable, cheap to share.
class compiled_criteria {
 public:
  // Bad patterns, schemas and latency expressions become problems at the check's position.
  compiled_criteria(criteria const& source, action_matching matching, input_problems& problems);
  ~compiled_criteria();
  compiled_criteria(compiled_criteria&&) noexcept;
  compiled_criteria& operator=(compiled_criteria&&) noexcept;

  evaluation evaluate(transcript const& sealed) const;

 private:
  struct parts;
  std::unique_ptr<parts const> parts_;
};

}  // namespace parley
