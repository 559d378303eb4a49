#include "reports/time_text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace parley {
namespace {

using namespace std::chrono;

// Two or more digits with leading zeros, without the locale.
void put(char*& to, unsigned value, int digits) {
  for (int i = digits; i-- > 0; value /= 10) to[i] = static_cast<char>('0' + value % 10);
  to += digits;
}

void append_date_and_time(std::string& out, sys_seconds at) {
  auto const day = floor<days>(at);
  year_month_day const date(day);
  hh_mm_ss const time(at - day);
  std::array<char, 32> text{};
  char* to = text.data();
  put(to, static_cast<unsigned>(std::clamp(static_cast<int>(date.year()), 0, 9999)), 4);
  *to++ = '-';
  put(to, static_cast<unsigned>(date.month()), 2);
  *to++ = '-';
  put(to, static_cast<unsigned>(date.day()), 2);
  *to++ = 'T';
  put(to, static_cast<unsigned>(time.hours().count()), 2);
  *to++ = ':';
  put(to, static_cast<unsigned>(time.minutes().count()), 2);
  *to++ = ':';
  put(to, static_cast<unsigned>(time.seconds().count()), 2);
  out.append(text.data(), to);
}

std::string printed(char const* format, long long a, long long b) {
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), format, a, b);
  return text.data();
}

}  // namespace

std::string junit_timestamp(wall_time at) {
  std::string text;
  append_date_and_time(text, floor<seconds>(at));
  return text;
}

std::string junit_seconds(microseconds duration) {
  auto const ms = std::max<long long>(0, round<milliseconds>(duration).count());
  return printed("%lld.%03lld", ms / 1000, ms % 1000);
}

std::string short_duration(microseconds duration) {
  auto const ms = std::max<long long>(0, round<milliseconds>(duration).count());
  if (ms < 1000) return printed("%lldms", ms, 0);
  if (ms < 59'950) return printed("%lld.%llds", (ms + 50) / 1000, (ms + 50) / 100 % 10);
  auto const s = (ms + 500) / 1000;
  if (s < 3600) return printed("%lldm%02llds", s / 60, s % 60);
  return printed("%lldh%02lldm", s / 3600, s % 3600 / 60);
}

}  // namespace parley
