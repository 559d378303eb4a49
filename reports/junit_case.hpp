// One cell as a `testcase`. Only junit_xml uses it.
#pragma once

#include "reports/compared_cells.hpp"
#include "reports/report.hpp"
#include "reports/xml_writer.hpp"
#include "runner/run/run_record.hpp"

#include <cstddef>
#include <string>

namespace parley {

enum class junit_profile { wide, strict };

// Which counter a cell belongs to. A cell in quarantine that does not pass is skipped: it does not gate. So
// is a failed one that does not gate against a baseline; `compared` is null without one.
enum class junit_result { passed, failure, error, skipped };
junit_result junit_result_of(cell_record const& cell, compared_cell const* compared);

// Where the transcript of a trial will be found by whoever reads the report; empty when it cannot be said in
// an attachment token.
std::string attachment_path(run_record const& run, report_options const& options, cell_id const& cell,
                            int trial);

class junit_case_writer {
 public:
  // All must outlive the writer.
  junit_case_writer(run_record const& run, report_options const& options, junit_profile profile,
                    xml_writer& xml)
      : run_(run), options_(options), profile_(profile), xml_(xml), compared_(run) {}

  void write(cell_record const& cell);

 private:
  void write_head(cell_record const& cell);
  void write_properties(cell_record const& cell, std::string const& attachment);
  void write_property(std::string const& name, std::string const& value);
  void write_result(cell_record const& cell, junit_result result);
  void write_main(cell_record const& cell, trial_record const& trial, char const* element);
  void write_skipped(std::string const& why);
  void write_others(cell_record const& cell, trial_record const* main);
  void write_other(cell_record const& cell, trial_record const& trial, std::string const& element);
  void write_output(cell_record const& cell, trial_record const& trial, std::string const& attachment);

  run_record const& run_;
  report_options const& options_;
  junit_profile profile_;
  xml_writer& xml_;
  compared_cells compared_;
  // Transcripts of passing cases stop here, so that a run of any size stays below the readers' file limits.
  std::size_t passing_output_left_ = std::size_t{8} << 20;
};

}  // namespace parley
