// Colours for terminals, or none. Meaning never rests on a colour alone.
#pragma once

#include <string>
#include <string_view>

namespace parley {

class terminal_style {
 public:
  explicit terminal_style(bool colour) : colour_(colour) {}

  // `text` is already safe to print.
  std::string good(std::string_view text) const { return painted("32", text); }
  std::string bad(std::string_view text) const { return painted("1;31", text); }
  std::string broken(std::string_view text) const { return painted("35", text); }
  std::string warning(std::string_view text) const { return painted("33", text); }
  std::string strong(std::string_view text) const { return painted("1", text); }
  std::string faint(std::string_view text) const { return painted("2", text); }

 private:
  std::string painted(std::string_view code, std::string_view text) const {
    if (!colour_) return std::string(text);
    return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
  }

  bool colour_;
};

}  // namespace parley
