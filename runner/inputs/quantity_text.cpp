#include "runner/inputs/quantity_text.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace parley {
namespace {

constexpr double longest_milliseconds = 1000.0 * 24 * 3600 * 1000;
constexpr std::size_t largest_size = std::size_t{1} << 40U;

struct number_and_unit {
  std::string_view number;
  std::string_view unit;
};

// Digits with at most one point between them, then letters; an empty number when it is something else.
number_and_unit split(std::string_view text) {
  auto const end = text.find_first_not_of("0123456789.");
  if (end == std::string_view::npos || end == 0) return {};
  auto const number = text.substr(0, end);
  auto const point = number.find('.');
  if (point == 0 || point + 1 == number.size()) return {};
  if (point != std::string_view::npos && number.find('.', point + 1) != std::string_view::npos) return {};
  return {number, text.substr(end)};
}

}  // namespace

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
  auto const [number, unit] = split(text);
  double factor = 0;
  if (unit == "ms") factor = 1;
  if (unit == "s") factor = 1000;
  if (unit == "m") factor = 60'000;
  if (unit == "h") factor = 3'600'000;
  double value = 0;
  if (number.empty() || factor == 0) return std::nullopt;
  if (std::from_chars(number.data(), number.data() + number.size(), value).ec != std::errc{})
    return std::nullopt;
  if (value * factor > longest_milliseconds) return std::nullopt;
  return std::chrono::milliseconds(std::llround(value * factor));
}

std::string to_text(std::chrono::milliseconds duration) {
  auto const count = duration.count();
  if (count == 0) return "0s";
  if (count % 3'600'000 == 0) return std::to_string(count / 3'600'000) + "h";
  if (count % 60'000 == 0) return std::to_string(count / 60'000) + "m";
  if (count % 1000 == 0) return std::to_string(count / 1000) + "s";
  return std::to_string(count) + "ms";
}

std::optional<std::size_t> parse_size(std::string_view text) {
  auto const [number, unit] = split(text);
  constexpr std::array<std::string_view, 4> units{"B", "KiB", "MiB", "GiB"};
  std::size_t value = 0;
  if (number.empty()) return std::nullopt;
  auto const read = std::from_chars(number.data(), number.data() + number.size(), value);
  if (read.ec != std::errc{} || read.ptr != number.data() + number.size()) return std::nullopt;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (unit != units[i]) continue;
    auto const shift = 10 * i;
    if (value > (largest_size >> shift)) return std::nullopt;
    return value << shift;
  }
  return std::nullopt;
}

}  // namespace parley
