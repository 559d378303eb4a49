// Reports of `evaluate`. JSON lines are written while the files are read, in their order; every other report
// is written at the end, from the run record.
#pragma once

#include "adapters/cli/settings.hpp"
#include "reports/redaction.hpp"
#include "reports/report.hpp"
#include "runner/failure.hpp"
#include "runner/run/run_record.hpp"

#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

class evaluate_reports {
 public:
  // `from` is borrowed. Opens the files of JSON lines.
  evaluate_reports(settings const& from, redaction mask);
  ~evaluate_reports();

  bool wants_lines() const { return !lines_.empty(); }
  void write_line(std::string_view line);

  // What could not be written. `exit_code`: what the command returns, if it isn't the run's own.
  std::vector<failure> finish(run_record const& run, std::optional<int> exit_code);

 private:
  struct line_output;

  void write_at_end(report_settings const& report, run_record const& run);
  void fail(std::string const& path);

  report_options options_;
  bool github_ = false;
  environment variables_;
  std::vector<report_settings> at_end_;
  std::vector<line_output> lines_;
  std::vector<failure> failures_;
};

}  // namespace parley
