// Which attempts are repeated, and how often.
#pragma once

namespace parley {

enum class retry_cause { error, any };  // `any`: failed trials too; they can only turn their cell flaky

struct retry_policy {
  int retries = 1;  // further attempts per trial
  retry_cause when = retry_cause::error;
  int max_invalid = 2;  // conversations per cell that are replaced because the simulated user broke down
};

}  // namespace parley
