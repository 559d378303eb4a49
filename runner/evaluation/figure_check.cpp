#include "runner/evaluation/figure_check.hpp"

#include "runner/amount_text.hpp"

#include <nlohmann/json.hpp>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

namespace parley {
namespace {

using std::chrono::microseconds;

constexpr std::array<std::pair<std::string_view, int>, 6> statistics{
    {{"max", 100}, {"mean", 0}, {"p50", 50}, {"p90", 90}, {"p95", 95}, {"p99", 99}}};
constexpr std::array<std::pair<std::string_view, double>, 4> units{
    {{"ms", 1e3}, {"s", 1e6}, {"m", 60e6}, {"h", 3600e6}}};
constexpr double longest = 1e15;  // microseconds

template <class T, std::size_t N>
std::optional<T> value_of(std::array<std::pair<std::string_view, T>, N> const& table, std::string_view name) {
  for (auto const& [known, value] : table)
    if (known == name) return value;
  return std::nullopt;
}

std::string milliseconds_text(double us) {
  auto const ms = static_cast<long long>(std::llround(us / 1000));
  return std::to_string(ms) + " ms";
}

// The smallest time that is not exceeded by `percent` of all of them.
turn_time nearest_rank(std::vector<turn_time> times, int percent) {
  auto const rank = (times.size() * static_cast<std::size_t>(percent) + 99) / 100;  // from 1
  auto const nth = times.begin() + static_cast<std::ptrdiff_t>(rank - 1);
  std::nth_element(times.begin(), nth, times.end(),
                   [](turn_time const& a, turn_time const& b) { return a.agent < b.agent; });
  return *nth;
}

double mean_of(std::vector<turn_time> const& times) {
  double sum = 0;
  for (auto const& one : times) sum += static_cast<double>(one.agent.count());
  return sum / static_cast<double>(times.size());
}

}  // namespace

std::optional<ended_by_check> ended_by_check::compile(check const& source, input_problems& problems) {
  auto const& value = source.value.get();
  if (value == "agent") return ended_by_check(stop_reason::agent_ended);
  if (value == "user") return ended_by_check(stop_reason::user_ended);
  problems.error(source.where, "ended_by takes agent or user", "write ended_by: agent");
  return std::nullopt;
}

finding ended_by_check::look_at(transcript const& sealed) const {
  if (!sealed.stopped) return {verdict::undecided, "the recording does not say who ended it", std::nullopt};
  return {*sealed.stopped == wanted_ ? verdict::met : verdict::not_met, std::string(to_text(*sealed.stopped)),
          sealed.interactions};
}

std::optional<max_turns_check> max_turns_check::compile(check const& source, input_problems& problems) {
  auto const& value = source.value.get();
  if (value.is_number_integer() && value.get<long>() >= 0) return max_turns_check(value.get<long>());
  problems.error(source.where, "max_turns takes a whole number", "write max_turns: 10");
  return std::nullopt;
}

finding max_turns_check::look_at(transcript const& sealed) const {
  return {sealed.interactions <= limit_ ? verdict::met : verdict::not_met,
          counted(sealed.interactions, "interaction"), sealed.interactions};
}

std::optional<latency_check> latency_check::compile(check const& source, input_problems& problems) {
  static RE2 const form(R"(\s*(\w+)\s*(<=?)\s*(\d{1,12}(?:\.\d{1,12})?)\s*(ms|s|m|h)\s*)");
  std::string name;
  std::string comparison;
  std::string unit;
  double amount = 0;
  auto const& value = source.value.get();
  std::optional<int> percent;
  if (value.is_string() &&
      RE2::FullMatch(value.get_ref<std::string const&>(), form, &name, &comparison, &amount, &unit))
    percent = value_of(statistics, name);
  if (!percent) {
    problems.error(source.where, "turn_latency takes a text such as \"p95 < 2s\"",
                   "use max, mean, p50, p90, p95 or p99, < or <=, and a time in ms, s, m or h");
    return std::nullopt;
  }
  double const limit = std::min(longest, amount * value_of(units, unit).value_or(0));
  return latency_check(*percent, comparison == "<=", microseconds(std::llround(limit)));
}

finding latency_check::look_at(transcript const& sealed) const {
  auto const& times = sealed.turn_times;
  if (times.empty()) return {verdict::undecided, "no times were recorded", std::nullopt};
  std::optional<int> turn;
  double figure = 0;
  if (percent_ == mean) {
    figure = mean_of(times);
  } else {
    auto const slow = nearest_rank(times, percent_);
    figure = static_cast<double>(slow.agent.count());
    turn = slow.turn;
  }
  auto const limit = static_cast<double>(limit_.count());
  bool const met = figure < limit || (inclusive_ && figure <= limit);
  return {met ? verdict::met : verdict::not_met,
          milliseconds_text(figure) + " over " + std::to_string(times.size()) + " turns", turn};
}

}  // namespace parley
