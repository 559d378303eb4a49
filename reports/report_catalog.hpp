// Every report by its name, as --reporter takes it and --help lists it.
#pragma once

#include "reports/report.hpp"

#include <iosfwd>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace parley {

struct report_kind {
  std::string_view name;
  std::string_view description;  // a few words
  // Writes the whole report from a finished run.
  void (*write)(run_record const& run, report_options const& options, std::ostream& out);
  // Speaks while the run goes on; null for reports that have nothing to say before its end. The stream must
  // outlive what is returned.
  std::unique_ptr<live_report> (*follow)(report_options const& options, std::ostream& out);
};

std::span<report_kind const> report_catalog();

// Null when there is none of this name.
report_kind const* find_report(std::string_view name);
// "unknown reporter 'junti'; did you mean 'junit'?", or the list of all.
std::string unknown_report_text(std::string const& name);

}  // namespace parley
