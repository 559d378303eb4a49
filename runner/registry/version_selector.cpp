#include "runner/registry/version_selector.hpp"

#include <charconv>
#include <limits>

namespace parley {
namespace {

// Digits only, without a leading zero; numbers beyond int are versions that don't exist.
std::optional<int> version_number(std::string_view text) {
  if (text.empty() || text.front() == '0') return std::nullopt;
  if (text.find_first_not_of("0123456789") != text.npos) return std::nullopt;
  int number = 0;
  auto const read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec == std::errc::result_out_of_range) return std::numeric_limits<int>::max();
  return read.ec == std::errc() ? std::optional(number) : std::nullopt;
}

}  // namespace

bool read_version_selector(std::string_view text, version_query& into) {
  if (text == "latest") {
    into.latest_only = true;
    return true;
  }
  auto const dash = text.find('-');
  auto const first = version_number(text.substr(0, dash));
  if (!first) return false;
  into.first = *first;
  into.last = first;
  if (dash == text.npos) return true;
  auto const end = text.substr(dash + 1);
  into.last.reset();
  if (end == "latest") return true;
  into.last = version_number(end);
  return into.last && *into.last >= into.first;
}

}  // namespace parley
