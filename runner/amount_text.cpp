#include "runner/amount_text.hpp"

#include <algorithm>

namespace parley {

std::string limit_text(std::chrono::milliseconds limit) {
  auto const ms = limit.count();
  if (ms % 1000 != 0) return std::to_string(ms) + "ms";
  auto const s = ms / 1000;
  if (s % 3600 == 0 && s > 3600) return std::to_string(s / 3600) + "h";
  if (s % 60 == 0 && s > 60) return std::to_string(s / 60) + "m";
  return std::to_string(s) + "s";
}

std::string listed(std::vector<std::string> const& names, std::size_t most) {
  std::string text;
  auto const shown = std::min(names.size(), most);
  for (std::size_t i = 0; i < shown; ++i) text += (i == 0 ? "" : ", ") + names[i];
  if (names.size() > shown) text += " and " + std::to_string(names.size() - shown) + " more";
  return text;
}

}  // namespace parley
