#include "runner/inputs/local_time.hpp"

#include <date/date.h>
#include <date/tz.h>
#include <re2/re2.h>

#include <array>
#include <stdexcept>

namespace parley {
namespace {

using std::chrono::milliseconds;
using wall_clock = std::chrono::sys_time<milliseconds>;

// Throws std::runtime_error for a name the table lacks, and when there is no table at all.
date::time_zone const* find_zone(std::string const& name) {
  try {
    return date::locate_zone(name);
  } catch (std::runtime_error const&) {
    return nullptr;
  }
}

bool is_utc(std::string const& name) {
  constexpr std::array<std::string_view, 4> names{"UTC", "Etc/UTC", "Z", ""};
  for (auto const known : names)
    if (name == known) return true;
  return false;
}

template <class Time>
std::string date_and_time(Time const& at) {
  auto const whole = std::chrono::floor<std::chrono::seconds>(at);
  return at == whole ? date::format("%FT%T", whole) : date::format("%FT%T", at);
}

std::string offset_text(std::chrono::seconds offset) {
  auto const minutes = std::chrono::duration_cast<std::chrono::minutes>(offset).count();
  auto const size = minutes < 0 ? -minutes : minutes;
  auto const two = [](long n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return (minutes < 0 ? "-" : "+") + two(size / 60) + ":" + two(size % 60);
}

struct clock_reading {
  int year, month, day, hour, minute, second;
  std::string fraction, offset;
};

std::optional<clock_reading> read_clock(std::string_view text) {
  static RE2 const form(R"((\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d))");
  clock_reading r{};
  if (!RE2::FullMatch(re2::StringPiece(text.data(), text.size()), form, &r.year, &r.month, &r.day, &r.hour,
                      &r.minute, &r.second, &r.fraction, &r.offset))
    return std::nullopt;
  return r;
}

std::optional<std::chrono::minutes> read_offset(std::string const& text) {
  if (text == "Z" || text == "z") return std::chrono::minutes{0};
  int const hours = std::stoi(text.substr(1, 2));
  int const minutes = std::stoi(text.substr(4, 2));
  if (hours > 23 || minutes > 59) return std::nullopt;
  std::chrono::minutes const offset{hours * 60 + minutes};
  return text.front() == '-' ? -offset : offset;
}

milliseconds read_fraction(std::string const& digits) {
  std::string const three = (digits + "000").substr(0, 3);
  return milliseconds{std::stoi(three)};
}

void append_digits(std::string& out, unsigned number, int digits) {
  char text[4];
  for (int i = digits - 1; i >= 0; --i) {
    text[i] = static_cast<char>('0' + number % 10);
    number /= 10;
  }
  out.append(text, static_cast<std::size_t>(digits));
}

void append_field(std::string& out, char before, long number) {
  out += before;
  append_digits(out, static_cast<unsigned>(number), 2);
}

}  // namespace

void append_rfc3339(std::string& out, std::chrono::sys_time<std::chrono::milliseconds> at) {
  auto const day = std::chrono::floor<std::chrono::days>(at);
  std::chrono::year_month_day const date(day);
  std::chrono::hh_mm_ss const time(at - day);
  append_digits(out, static_cast<unsigned>(static_cast<int>(date.year())), 4);
  append_field(out, '-', static_cast<unsigned>(date.month()));
  append_field(out, '-', static_cast<unsigned>(date.day()));
  append_field(out, 'T', time.hours().count());
  append_field(out, ':', time.minutes().count());
  append_field(out, ':', time.seconds().count());
  if (auto const fraction = time.subseconds().count(); fraction != 0) {
    out += '.';
    append_digits(out, static_cast<unsigned>(fraction), 3);
  }
  out += 'Z';
}

std::string to_rfc3339(wall_clock at) {
  return date_and_time(at) + "Z";
}

std::string to_local_rfc3339(wall_clock at, std::string const& zone) {
  auto const* const found = is_utc(zone) ? nullptr : find_zone(zone);
  if (!found) return to_rfc3339(at);
  auto const offset = found->get_info(std::chrono::floor<std::chrono::seconds>(at)).offset;
  return date_and_time(at + offset) + offset_text(offset);
}

bool is_known_timezone(std::string const& name) {
  return !name.empty() && find_zone(name) != nullptr;
}

std::optional<wall_clock> parse_rfc3339(std::string_view text) {
  auto const clock = read_clock(text);
  if (!clock) return std::nullopt;
  auto const offset = read_offset(clock->offset);
  date::year_month_day const day{date::year{clock->year}, date::month{static_cast<unsigned>(clock->month)},
                                 date::day{static_cast<unsigned>(clock->day)}};
  // Second 60 is a leap second; the system's clock counts it as the first of the next minute.
  if (!offset || !day.ok() || clock->hour > 23 || clock->minute > 59 || clock->second > 60)
    return std::nullopt;
  return date::sys_days{day} + std::chrono::hours{clock->hour} + std::chrono::minutes{clock->minute} +
         std::chrono::seconds{clock->second} + read_fraction(clock->fraction) - *offset;
}

}  // namespace parley
