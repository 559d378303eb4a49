#include "adapters/http/head_scanner.hpp"

#include <algorithm>

namespace parley {

head_scanner::progress head_scanner::look(std::string_view unread) {
  using enum progress;
  auto const within = unread.substr(0, std::min(unread.size(), limit_));
  for (;;) {
    auto const newline = within.find('\n', seen_);
    if (newline == within.npos) break;
    if (newline == 0 || within[newline - 1] != '\r') return bare_newline;
    bool const empty = newline - line_begin_ == 1;
    bool const folded = line_begin_ > 0 && (within[line_begin_] == ' ' || within[line_begin_] == '\t');
    line_begin_ = seen_ = newline + 1;
    if (folded) return folded_line;
    if (empty) return complete;
  }
  seen_ = within.size();
  if (unread.size() < limit_) return needs_more;
  return line_begin_ == 0 ? target_too_long : too_large;
}

}  // namespace parley
