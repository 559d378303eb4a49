// json_schema: the message, parsed as JSON, is valid.
#pragma once

#include "runner/conversation/transcript.hpp"
#include "runner/evaluation/finding.hpp"
#include "runner/evaluation/json_schema.hpp"
#include "runner/inputs/input_problems.hpp"

#include <optional>

namespace parley {

class schema_check {
 public:
  // Empty when the schema cannot be used; what is wrong stands in `problems` then.
  static std::optional<schema_check> compile(check const& source, input_problems& problems);

  finding look_at(transcript const& sealed) const;

 private:
  schema_check(json_schema schema, check const& source);

  json_schema schema_;
  check_side of_;
  message_scope scope_;
};

}  // namespace parley
