#include "adapters/http/quota_headers.hpp"

#include "runner/inputs/local_time.hpp"

#include <algorithm>
#include <charconv>

namespace parley {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view mark = "ratelimit-";

// Takes a decimal number off the front.
std::optional<double> take_number(std::string_view& text) {
  double number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || !(number >= 0) || number > 1e9) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

// Takes a unit off the front; the milliseconds it stands for.
std::optional<double> take_unit(std::string_view& text) {
  struct unit {
    std::string_view name;
    double milliseconds;
  };
  for (auto const& [name, value] :
       {unit{"ms", 1}, unit{"s", 1000}, unit{"m", 60'000}, unit{"h", 3'600'000}, unit{"d", 86'400'000}}) {
    if (!text.starts_with(name)) continue;
    text.remove_prefix(name.size());
    return value;
  }
  return std::nullopt;
}

// Of `x-ratelimit-remaining-tokens` the header that says when there will be more.
std::string reset_name(std::string name, std::size_t remaining) {
  return name.replace(remaining, std::string_view("remaining").size(), "reset");
}

}  // namespace

bool is_quota_header(std::string_view name) {
  return std::search(name.begin(), name.end(), mark.begin(), mark.end(), [](char a, char b) {
           return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b;
         }) != name.end();
}

std::string lower_case(std::string_view name) {
  std::string lower(name);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

std::optional<milliseconds> parse_quota_reset(std::string_view value,
                                              std::chrono::sys_time<milliseconds> now) {
  if (auto const when = parse_rfc3339(std::string(value))) return std::max(milliseconds(0), *when - now);
  double total = 0;
  bool first = true;
  while (!value.empty()) {
    auto const number = take_number(value);
    if (!number) return std::nullopt;
    auto const unit = take_unit(value);
    if (!unit && !(first && value.empty())) return std::nullopt;
    total += *number * unit.value_or(1000);
    first = false;
  }
  if (first) return std::nullopt;
  return milliseconds(static_cast<milliseconds::rep>(total));
}

std::optional<milliseconds> quota_wait(http_headers const& quotas, std::chrono::sys_time<milliseconds> now) {
  std::optional<milliseconds> longest;
  for (auto const& [name, value] : quotas) {
    auto const remaining = name.find("remaining");
    if (remaining == std::string::npos || value != "0") continue;
    auto const* const reset = find_header(quotas, reset_name(name, remaining));
    auto const wait = reset == nullptr ? std::nullopt : parse_quota_reset(*reset, now);
    if (wait) longest = std::max(longest.value_or(milliseconds(0)), *wait);
  }
  return longest;
}

}  // namespace parley
