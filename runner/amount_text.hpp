// How many of something there are, in words of a sentence.
#pragma once

#include <chrono>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

// "1 trial", "2 trials".
template <std::integral number>
std::string counted(number count, std::string_view what) {
  return std::to_string(count) + " " + std::string(what) + (count == 1 ? "" : "s");
}

// As a person would write the limit: "250ms", "60s", "15m", "2h".
std::string limit_text(std::chrono::milliseconds limit);

// "a, b and 5 more": the first `most` of them by name.
std::string listed(std::vector<std::string> const& names, std::size_t most);

}  // namespace parley
