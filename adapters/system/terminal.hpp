// What kind of screen we write to, and the decisions that follow from it. The decisions are pure: they take
// flags and environment as values.
#pragma once

#include "adapters/system/environment.hpp"

namespace parley {

enum class color_choice { automatic, always, never };  // --color

struct terminal_facts {
  bool is_terminal = false;
  int columns = 80;
};

terminal_facts stdout_terminal();
terminal_facts stderr_terminal();

// Hands over what std::cout still holds; false when something could not be written. A reader that has seen
// enough and hung up (`parley report | head`) is no fault of ours or the user's.
bool flush_stdout();

// In this order: the flag, NO_COLOR, FORCE_COLOR (0 and false: off), CLICOLOR_FORCE, a terminal that is not
// dumb.
bool use_color(color_choice flag, environment const& variables, bool is_terminal);

// CI or BUILD_NUMBER is set. It may change presentation only, never what runs.
bool is_continuous_integration(environment const& variables);

}  // namespace parley
