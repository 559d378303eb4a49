#include "runner/amount_text.hpp"

#include <algorithm>

namespace parley {

std::string listed(std::vector<std::string> const& names, std::size_t most) {
  std::string text;
  auto const shown = std::min(names.size(), most);
  for (std::size_t i = 0; i < shown; ++i) text += (i == 0 ? "" : ", ") + names[i];
  if (names.size() > shown) text += " and " + std::to_string(names.size() - shown) + " more";
  return text;
}

}  // namespace parley
