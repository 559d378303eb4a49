#include "reports/spending_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace parley {
namespace {

std::string grouped(std::int64_t number) {
  std::string digits = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

}  // namespace

std::string cost_text(double cost) {
  int places = 4;
  if (cost > 0 && cost < 0.01) places = std::min(12, static_cast<int>(std::ceil(-std::log10(cost))) + 1);
  char text[64];
  auto const end =
      std::to_chars(text, text + sizeof text, cost, std::chars_format::fixed, std::max(4, places)).ptr;
  return std::string(text, end);
}

std::string spending_text(spending const& used) {
  std::string text = grouped(used.input_tokens) + " in, " + grouped(used.output_tokens) + " out, " +
                     grouped(used.requests) + (used.requests == 1 ? " request" : " requests");
  if (used.cost) text += ", " + cost_text(*used.cost);
  return text;
}

}  // namespace parley
