// Runs of any size for pages that are looked at: the same numbers give the same run.
#pragma once

#include "runner/run/run_record.hpp"

namespace parley::test {

struct run_size {
  int cells = 24;
  int trials = 5;
  int turns = 6;  // of the longest conversations
};

// Details are made when they are asked for: memory does not grow with the conversations.
run_record generated_run(run_size size);

}  // namespace parley::test
