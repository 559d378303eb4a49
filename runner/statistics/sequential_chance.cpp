#include "runner/statistics/sequential_chance.hpp"

#include "runner/statistics/two_rates.hpp"

#include <boost/math/constants/constants.hpp>
#include <boost/math/distributions/binomial.hpp>

#include <algorithm>
#include <cmath>

namespace parley {
namespace {

constexpr double rounding = 1 + 1e-9;
// The grid of pass rates is even in arcsin(sqrt(rate)) and so fine that no peak between two of its points is
// higher than by this factor: they are an eighth of a standard deviation apart.
constexpr double points_per_root_trial = 25;
constexpr double between_points = 1.002;
constexpr double negligible = 1e-12;

std::vector<double> log_factorials(int most) {
  std::vector<double> all(static_cast<std::size_t>(most) + 1, 0.0);
  for (std::size_t i = 2; i < all.size(); ++i) all[i] = all[i - 1] + std::log(static_cast<double>(i));
  return all;
}

// `chance_of_fall`, for tables: Boost's takes a hundred times as long for large numbers.
double fall(std::vector<double> const& log_factorial, int base, int base_passed, int head, int head_passed) {
  auto const choose = [&](int n, int k) {
    auto const of = [&](int i) { return log_factorial[static_cast<std::size_t>(i)]; };
    return of(n) - of(k) - of(n - k);
  };
  int const passed = base_passed + head_passed;
  double const all = choose(base + head, passed);
  double sum = 0;
  for (int x = head_passed; x >= std::max(0, passed - base); --x) {
    double const term = std::exp(choose(head, x) + choose(base, passed - x) - all);
    sum += term;
    if (term < sum * 1e-17) break;
  }
  return std::min(1.0, sum);
}

std::size_t triangle(int trials) {
  return static_cast<std::size_t>(trials) * static_cast<std::size_t>(trials + 1) / 2;
}

}  // namespace

sequential_chance::sequential_chance(int base_trials, int most_trials)
    : base_trials_(base_trials),
      most_trials_(most_trials),
      first_look_(std::min(least_trials, most_trials)),
      row_(triangle(most_trials + 1)) {
  auto const log_factorial = log_factorials(base_trials + most_trials);
  table_.reserve(static_cast<std::size_t>(base_trials + 1) * row_);
  for (int base = 0; base <= base_trials; ++base)
    for (int trials = 0; trials <= most_trials; ++trials)
      for (int passed = 0; passed <= trials; ++passed)
        table_.push_back(trials < first_look_ ? 1.0 : fall(log_factorial, base_trials, base, trials, passed));
  lay_grid();
}

double sequential_chance::at(int base_passed, int trials, int passed) const {
  return table_[static_cast<std::size_t>(base_passed) * row_ + triangle(trials) +
                static_cast<std::size_t>(passed)];
}

double sequential_chance::least_so_far(int base_passed, std::vector<bool> const& head) const {
  double least = 1;
  int passed = 0;
  int trials = 0;
  for (bool const one : head) {
    if (trials == most_trials_) break;
    ++trials;
    if (one) ++passed;
    if (trials >= first_look_) least = std::min(least, at(base_passed, trials, passed));
  }
  return least;
}

std::vector<int> sequential_chance::edges(int base_passed, double bound) const {
  std::vector<int> all(static_cast<std::size_t>(most_trials_) + 1, -1);
  for (int trials = first_look_; trials <= most_trials_; ++trials) {
    int& edge = all[static_cast<std::size_t>(trials)];
    while (edge < trials && at(base_passed, trials, edge + 1) <= bound * rounding) ++edge;
  }
  return all;
}

std::vector<sequential_chance::crossing> sequential_chance::crossings(int base_passed, double bound) const {
  auto const edge = edges(base_passed, bound);
  std::vector<crossing> found;
  std::vector<double> paths(static_cast<std::size_t>(most_trials_) + 2,
                            0.0);  // still below, by number passed
  paths[0] = 1;
  for (int trials = 1; trials <= most_trials_; ++trials) {
    for (auto passed = static_cast<std::size_t>(trials); passed > 0; --passed)
      paths[passed] += paths[passed - 1];
    for (int passed = 0; passed <= edge[static_cast<std::size_t>(trials)]; ++passed) {
      double& crossed = paths[static_cast<std::size_t>(passed)];
      if (crossed > 0) found.push_back({trials, passed, std::log(crossed)});
      crossed = 0;
    }
  }
  return found;
}

double sequential_chance::chance_of(std::vector<crossing> const& crossings, double rate) {
  if (rate <= 0 || rate >= 1) {
    bool const crosses = std::any_of(crossings.begin(), crossings.end(), [&](crossing const& one) {
      return one.passed == (rate <= 0 ? 0 : one.trials);
    });
    return crosses ? 1 : 0;
  }
  double const pass = std::log(rate);
  double const fail = std::log1p(-rate);
  double sum = 0;
  for (auto const& one : crossings)
    sum += std::exp(one.log_paths + one.passed * pass + (one.trials - one.passed) * fail);
  return sum;
}

void sequential_chance::lay_grid() {
  int const points =
      static_cast<int>(points_per_root_trial * std::sqrt(static_cast<double>(base_trials_ + most_trials_)));
  for (int point = 1; point < points; ++point) {
    double const angle = boost::math::constants::half_pi<double>() * point / points;
    grid_point& added = grid_.emplace_back();
    added.rate = std::sin(angle) * std::sin(angle);
    boost::math::binomial_distribution<> const base_passes(base_trials_, added.rate);
    for (int base = 0; base <= base_trials_; ++base)
      added.shares.push_back(boost::math::pdf(base_passes, base));
  }
}

double sequential_chance::worst_case(double bound) const {
  std::vector<std::vector<crossing>> by_base;
  for (int base = 0; base <= base_trials_; ++base) by_base.push_back(crossings(base, bound));
  double worst = 0;
  for (auto const& point : grid_) {
    double sum = 0;
    for (std::size_t base = 0; base < by_base.size(); ++base)
      if (point.shares[base] > negligible) sum += point.shares[base] * chance_of(by_base[base], point.rate);
    worst = std::max(worst, sum);
  }
  return std::min(1.0, worst * between_points);
}

double sequential_chance::chance(double least) {
  if (least >= 1) return 1;
  auto const [known, fresh] = chances_.try_emplace(least, 1.0);
  if (fresh) known->second = worst_case(least);
  return known->second;
}

double sequential_chance::bound(double alpha) {
  auto const [known, fresh] = bounds_.try_emplace(alpha, 0.0);
  if (fresh) known->second = find_bound(alpha);
  return known->second;
}

double sequential_chance::find_bound(double alpha) const {
  if (worst_case(least_chance(base_trials_, most_trials_)) > alpha * rounding) return 0;
  if (worst_case(alpha) <= alpha) return alpha;
  double low = 0;
  double high = alpha;
  for (int step = 0; step < 25; ++step) {
    double const middle = (low + high) / 2;
    (worst_case(middle) <= alpha ? low : high) = middle;
  }
  return low;
}

double sequential_chance::power(int base_passed, double bound, double rate) const {
  return chance_of(crossings(base_passed, bound), rate);
}

std::optional<double> sequential_chance::found_rate(int base_passed, double bound, double power) {
  auto const [known, fresh] = found_rates_.try_emplace({base_passed, bound, power});
  if (!fresh) return known->second;
  auto const at = crossings(base_passed, bound);
  if (chance_of(at, 0) < power) return std::nullopt;
  double low = 0;
  double high = 1;
  for (int step = 0; step < 30; ++step) {
    double const middle = (low + high) / 2;
    (chance_of(at, middle) >= power ? low : high) = middle;
  }
  return known->second = low;
}

sequential_chance& sequential_chances::of(int base_trials, int most_trials) {
  std::pair const key{std::min(base_trials, most_base_trials), std::min(most_trials, most_head_trials)};
  return known_.try_emplace(key, key.first, key.second).first->second;
}

bool sequential_chance::can_reach(int base_passed, double bound, int trials, int passed) const {
  if (trials >= most_trials_) return false;
  return at(base_passed, most_trials_, passed) <= bound * rounding;
}

}  // namespace parley
