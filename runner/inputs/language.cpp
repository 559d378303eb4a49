#include "runner/inputs/language.hpp"

#include <algorithm>
#include <iterator>

namespace parley {
namespace {

struct language_row {
  std::string_view three;
  std::string_view two;  // empty = none
};

constexpr language_row rows[] = {
#include "language_table.inc"
};

std::string lower(std::string_view text) {
  std::string low(text);
  for (char& c : low)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return low;
}

language_row const* find(std::string_view code, std::string_view language_row::*column) {
  auto const row = std::find_if(std::begin(rows), std::end(rows),
                                [&](language_row const& r) { return r.*column == code; });
  return row == std::end(rows) ? nullptr : &*row;
}

}  // namespace

std::optional<std::string> canonical_language(std::string_view written) {
  if (written.size() != 2 && written.size() != 3) return std::nullopt;
  auto const column = written.size() == 2 ? &language_row::two : &language_row::three;
  auto const* const row = find(lower(written), column);
  if (row == nullptr) return std::nullopt;
  return std::string(row->three);
}

std::optional<std::string> two_letter_language(std::string_view three_letters) {
  auto const* const row = find(lower(three_letters), &language_row::three);
  if (row == nullptr || row->two.empty()) return std::nullopt;
  return std::string(row->two);
}

}  // namespace parley
