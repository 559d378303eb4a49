// The completion scripts of the shells, made from the table of commands and flags.
#pragma once

#include <string>

namespace parley {

std::string bash_completion();  // completion_bash.cpp; needs bash 4, nothing else
std::string zsh_completion();   // completion_zsh.cpp
std::string fish_completion();  // completion_fish.cpp

}  // namespace parley
