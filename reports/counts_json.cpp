#include "reports/counts_json.hpp"

#include "reports/json_append.hpp"

namespace parley {

void append_counts(std::string& out, run_counts const& counts) {
  json_object_writer object(out);
  object.number("passed", counts.passed);
  object.number("failed", counts.failed);
  object.number("errored", counts.errored);
  object.number("flaky", counts.flaky);
  object.number("skipped", counts.skipped);
  object.number("not_run", counts.not_run);
  object.number("quarantined", counts.quarantined);
  object.close();
}

}  // namespace parley
