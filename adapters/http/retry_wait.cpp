#include "adapters/http/retry_wait.hpp"

#include <date/date.h>

#include <algorithm>
#include <charconv>
#include <sstream>
#include <string>

namespace parley {

using std::chrono::milliseconds;

std::optional<milliseconds> parse_retry_after(std::string_view value,
                                              std::chrono::sys_time<milliseconds> now) {
  while (value.starts_with(' ')) value.remove_prefix(1);
  while (value.ends_with(' ')) value.remove_suffix(1);
  int seconds = 0;
  auto const [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
  if (error == std::errc{} && end == value.data() + value.size() && seconds >= 0)
    return milliseconds(std::chrono::seconds(seconds));
  std::istringstream in{std::string(value)};
  std::chrono::sys_seconds when;
  in >> date::parse("%a, %d %b %Y %H:%M:%S GMT", when);
  if (in.fail()) return std::nullopt;
  return std::max(milliseconds(0), std::chrono::duration_cast<milliseconds>(when - now));
}

milliseconds backoff(milliseconds base, int attempt, double chance) {
  auto const longest =
      static_cast<double>(base.count()) * static_cast<double>(1 << std::clamp(attempt, 0, 20));
  return milliseconds(static_cast<milliseconds::rep>(longest * (0.5 + chance / 2)));
}

}  // namespace parley
