// Which languages the small words of what somebody said belong to. Names, numbers, addresses and words of no
// list speak for none of them.
#pragma once

#include "runner/conversation/stop_words.hpp"

#include <string_view>
#include <vector>

namespace parley {

class small_words {
 public:
  // Text without quotations.
  void add(std::string_view text);
  void add(small_words const& other);

  bool empty() const { return sets_.empty(); }
  int most() const;  // small words of the language that has most of them

  // Whether a line, or all lines of a conversation together, can't be in `own`: much of it is another
  // language's, and nothing, or next to nothing, is one's own alone. Words that both have say nothing.
  bool are_not(std::size_t own) const;

 private:
  struct evidence {
    int against = 0;  // words of the other language that one's own doesn't have
    int of_other = 0;
    int of_own = 0;  // that the other one doesn't have
  };
  evidence against(std::size_t own) const;

  std::vector<language_set> sets_;  // one per word
};

}  // namespace parley
