// Carries out the plan of a push: sends what is new side by side, writes ids and numbers into the files.
#pragma once

#include "adapters/cli/sync_project.hpp"

namespace parley {

struct push_result {
  int code = 0;       // 1: somebody was faster; 4: refused, or the connection broke
  version_lock lock;  // of what the files are based on now; without its source
};

// Both sides of the project have their plans, which have no conflicts. What goes wrong is told on stderr.
push_result push_planned(sync_project& project, bool force);

}  // namespace parley
