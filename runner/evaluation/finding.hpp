// What one check found: the verdict, why, and where to look.
#pragma once

#include "runner/evaluation/verdict.hpp"

#include <optional>
#include <string>

namespace parley {

struct finding {
  verdict answer = verdict::undecided;
  std::string evidence;
  std::optional<int> turn;
};

}  // namespace parley
