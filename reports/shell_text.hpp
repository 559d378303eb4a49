// A command as it can be pasted into a shell.
#pragma once

#include <string>
#include <vector>

namespace parley {

// Words that a shell would take apart or replace stand in single quotes.
std::string shell_text(std::vector<std::string> const& words);

}  // namespace parley
