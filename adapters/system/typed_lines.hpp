// Lines that a person types, or that stand in a file on standard input. Reading blocks; Ctrl-C while it waits
// ends the input, whoever else listens for it.
#pragma once

#include <optional>
#include <string>

namespace parley {

class typed_lines {
 public:
  // Without its newline. nullopt: end of input, or Ctrl-C.
  std::optional<std::string> next();

 private:
  std::string unread_;
  bool ended_ = false;
};

}  // namespace parley
