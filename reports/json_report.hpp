// `json`: the whole run as one JSON document, formats §10. Written cell by cell: one transcript in memory.
#pragma once

#include "reports/report.hpp"
#include "runner/run/run_record.hpp"

#include <iosfwd>
#include <memory>
#include <vector>

namespace parley {

void write_json(run_record const& run, report_options const& options, std::ostream& out);

// `list --format json`: the array `cells`, without results.
void write_planned_cells(std::vector<std::shared_ptr<cell const>> const& cells, std::ostream& out);

}  // namespace parley
