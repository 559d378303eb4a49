// A user that says the same again and again.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace parley {

// One line of the user's with what the agent had said before it.
struct answered_line {
  std::string said;
  std::string heard;
};

// The index of the line that is the first one once more, word for word, though the agent had not asked to
// hear it again. A greeting or another short line may come back.
std::optional<std::size_t> find_repeated_opening(std::vector<answered_line> const& lines);

// The index of the third of three lines in a row that are the same or nearly so. Short answers to different
// questions may be equal, and whoever is asked the same question three times may answer the same.
std::optional<std::size_t> find_stuck_loop(std::vector<answered_line> const& lines);

}  // namespace parley
