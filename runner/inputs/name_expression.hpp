// The expression of `-k`: words and "quoted words" with `and or not ()`, each a case-insensitive substring of
// one of the texts it is matched against.
#pragma once

#include "runner/failure.hpp"
#include "runner/inputs/text_search.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace parley {

class name_expression {
 public:
  // A failure (invalid_input) names the position, counted from 1.
  static outcome<name_expression> parse(std::string_view text);

  bool matches(std::vector<std::string> const& texts) const;

 private:
  friend class name_expression_parser;
  enum class operation { word, negate, both, either };
  struct step {
    operation what;
    std::size_t word = 0;  // index into words_
  };
  std::vector<text_search> words_;
  std::vector<step> steps_;  // operands before their operator
};

}  // namespace parley
