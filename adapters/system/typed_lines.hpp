// Lines that a person types, or that stand in a file on standard input. Reading blocks; Ctrl-C while it waits
// ends the input instead of the program.
#pragma once

#include <optional>
#include <string>

namespace parley {

class typed_lines {
 public:
  typed_lines();   // from now on Ctrl-C is heard
  ~typed_lines();  // and as before
  typed_lines(typed_lines const&) = delete;
  typed_lines& operator=(typed_lines const&) = delete;

  // Without its newline. nullopt: end of input, or Ctrl-C.
  std::optional<std::string> next();

 private:
  std::string unread_;
  bool ended_ = false;
};

}  // namespace parley
