// Everything found wrong in what the user wrote, collected so that all of it is reported at once.
#pragma once

#include "runner/inputs/source_position.hpp"

#include <string>
#include <vector>

namespace parley {

struct input_problem {
  enum class severity_level { error, warning };
  severity_level severity;
  source_position where;
  std::string what;    // "unknown key 'objectve'"
  std::string remedy;  // "did you mean 'objective'?"; may be empty
};

class input_problems {
 public:
  void error(source_position where, std::string what, std::string remedy = {});
  void warning(source_position where, std::string what, std::string remedy = {});
  void append(input_problems const& others);

  bool has_errors() const;
  std::size_t error_count() const;
  bool has_error_at(source_position const& where) const;
  std::size_t warning_count() const;
  // Ordered by file, line, column; equal entries once.
  std::vector<input_problem> sorted() const;

 private:
  std::vector<input_problem> problems_;
};

// "file:line:column: what, remedy" (warnings: "file:line:column: warning: what, remedy").
std::string to_text(input_problem const& problem);

// The candidate nearest to `word` (Damerau-Levenshtein, case-insensitive), or empty when none is near.
std::string nearest_name(std::string const& word, std::vector<std::string> const& candidates);

}  // namespace parley
