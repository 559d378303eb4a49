// What came of a cell by its pass rule.
#pragma once

#include <string_view>

namespace parley {

enum class cell_outcome { passed, failed, errored, skipped, not_run };
std::string_view to_text(cell_outcome o);

}  // namespace parley
