// Where reports go: which one speaks on stdout, and the files written after a run.
#pragma once

#include "adapters/cli/settings.hpp"
#include "reports/redaction.hpp"
#include "reports/report.hpp"
#include "runner/failure.hpp"
#include "runner/run/run_record.hpp"

#include <memory>
#include <string>
#include <vector>

namespace parley {

// The reports of one command. The one without a path writes to stdout; without any, `console` does.
class report_output {
 public:
  // More than one report on stdout was refused when they were read.
  report_output(settings const& from, redaction mask);
  ~report_output();

  // The listener that speaks on stdout while the run goes on; null when it only speaks at the end.
  event_listener* live();
  bool is_console() const { return stdout_type_ == "console"; }

  // Writes every report and the transcripts of bad trials, missing folders too. A report that cannot be
  // written does not keep the others from being written; what failed is returned, and is told on stdout as an
  // internal error of the run.
  std::vector<failure> write(run_record const& run);

  // Writes them, says on stderr what failed, and returns the exit code that remains of `code`: 3 when
  // anything failed, unless the run was interrupted.
  int write_all(run_record const& run, int code);

 private:
  void speak(run_record const& run);

  std::string stdout_type_ = "console";
  std::vector<report_settings> files_;
  report_options options_;
  bool github_ = false;
  environment variables_;
  std::unique_ptr<live_report> live_;
};

}  // namespace parley
