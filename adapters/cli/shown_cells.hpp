// Cells as reports may show them: texts that only people read (description, tags, reasons) without secrets.
// What a conversation needs stays as it is.
#pragma once

#include "reports/redaction.hpp"
#include "runner/inputs/run_plan.hpp"

#include <memory>
#include <vector>

namespace parley {

// Cells without a secret are shared, not copied.
std::vector<std::shared_ptr<cell const>> shown_cells(std::vector<std::shared_ptr<cell const>> cells,
                                                     redaction const& mask);

std::shared_ptr<run_plan const> shown_plan(std::shared_ptr<run_plan const> plan, redaction const& mask);

}  // namespace parley
