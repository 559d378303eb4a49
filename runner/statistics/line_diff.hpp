// The lines in which two texts differ, for a reader.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parley {

// Lines that begin with ' ' (in both), '-' or '+', with up to `context` common lines around each change and
// "..." for what was left out. Equal texts: empty. Texts of more than 2,000 lines are shown as replaced.
std::vector<std::string> line_diff(std::string_view before, std::string_view after, int context = 2);

}  // namespace parley
