// Headline, counters and exit code of a run: from one function, so that console, JUnit and the shell agree.
#pragma once

#include "runner/run/run_record.hpp"

#include <string>
#include <string_view>

namespace parley {

// Every cell is counted once: quarantined first, then flaky, then its outcome. What a lost shard held counts
// as not run.
struct run_counts {
  int passed = 0;
  int failed = 0;
  int errored = 0;
  int flaky = 0;
  int skipped = 0;
  int not_run = 0;
  int quarantined = 0;

  int total() const { return passed + failed + errored + flaky + skipped + not_run + quarantined; }
};

struct run_verdict {
  int exit_code = 0;  // 0 1 3 5 6 7 130 143
  run_counts counts;
  std::string_view headline;  // "PASSED", "FAILED", ...
  std::string summary;  // "2 failed, 1 errored, 1 flaky, 236 passed"; with a baseline its word comes first
  std::string warning;  // why exit 6 became 0; empty otherwise
};

run_counts count_cells(run_record const& run);
// "2 failed, 10 passed"; the words of the summary.
std::string counts_text(run_counts const& counts);
// "not regressed, but a new cell failed": what decided about exit 1.
std::string comparison_words(comparison const& against);
run_verdict judge_run(run_record const& run);
std::string_view headline(int exit_code);

}  // namespace parley
