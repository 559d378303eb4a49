// Lines taken out of a stream of bytes: newline-delimited JSON. Empty lines are left out; no I/O.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace parley {

class json_lines {
 public:
  // The line is valid during the call; false = no more wanted.
  using receiver = std::function<bool(std::string_view line)>;
  explicit json_lines(std::size_t limit);  // bytes of one line

  enum class progress { needs_more, stopped, too_large };
  progress put(std::string_view piece, receiver const& receive);
  progress finish(receiver const& receive);  // the stream has ended: the last line needs no newline

 private:
  std::size_t limit_;
  std::string line_;
};

}  // namespace parley
