// Sampling until the verdict stands, over simulated suites: error rates as asked for, at a fraction of the
// cost.
#include "runner/statistics/sequential_stop.hpp"

#include "runner/statistics/regression_verdict.hpp"
#include "tests/runner/statistics/simulated_runs.hpp"
#include "tests/support/catch.hpp"

#include <cmath>
#include <random>

using namespace parley;
using namespace parley::test;

namespace {

constexpr int most = 20;
constexpr int base_trials = 20;

struct sampled_suite {
  measured_run head;
  double trials = 0;     // of all cells
  double of_fallen = 0;  // of the cells that fell
};

std::vector<sampled_cell> cells_against(measured_run const& base) {
  std::vector<sampled_cell> cells;
  for (auto const& cell : base.cells) cells.push_back({cell.scenario, cell.count(), most, true});
  return cells;
}

// Breadth first, as a run holds them.
sampled_suite sample(measured_run const& base, std::vector<double> const& rates, sequential_chances& tables,
                     std::mt19937_64& chance) {
  std::uniform_real_distribution<double> draw(0, 1);
  sequential_stop stop(cells_against(base), {}, tables);
  std::vector<std::vector<bool>> verdicts(rates.size());
  std::vector<bool> open(rates.size(), true);
  for (int trial = 1; trial <= most; ++trial)
    for (std::size_t i = 0; i < rates.size(); ++i) {
      if (!open[i]) continue;
      verdicts[i].push_back(draw(chance) < rates[i]);
      open[i] = stop.is_open(i, verdicts[i]);
    }
  sampled_suite sampled;
  for (std::size_t i = 0; i < rates.size(); ++i) {
    std::string letters;
    for (bool const passed : verdicts[i]) letters += passed ? 'P' : 'F';
    auto cell = cell_with(base.cells[i].id.value, letters, 1);
    cell.scenario = base.cells[i].scenario;
    cell.until_decided = true;
    cell.most_trials = most;
    sampled.trials += static_cast<double>(letters.size());
    sampled.head.cells.push_back(std::move(cell));
  }
  return sampled;
}

std::vector<simulated_cell> suite_of(int cells, double rate) {
  std::vector<simulated_cell> made;
  made.reserve(static_cast<std::size_t>(cells));
  for (int i = 0; i < cells; ++i) made.push_back({"c" + std::to_string(i), rate});
  return made;
}

// How often Fisher's test of `trials` finds the fall of one cell, at the level that one cell of the suite
// has.
double fixed_power(int trials, double alpha, double base_rate, double head_rate) {
  auto const binomial = [](int n, int k, double rate) {
    return std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) + k * std::log(rate) +
                    (n - k) * std::log1p(-rate));
  };
  double power = 0;
  for (int base = 0; base <= base_trials; ++base)
    for (int head = 0; head <= trials; ++head)
      if (is_significant(chance_of_fall({base, base_trials - base}, {head, trials - head}), alpha))
        power += binomial(base_trials, base, base_rate) * binomial(trials, head, head_rate);
  return power;
}

int fixed_trials(double power, double alpha, double base_rate, double head_rate) {
  int trials = 1;
  while (fixed_power(trials, alpha, base_rate, head_rate) < power) ++trials;
  return trials;
}

}  // namespace

TEST_CASE(
    "Over 10,000 suites of an unchanged agent the false alarms stay below alpha, at a fraction of the "
    "trials") {
  std::mt19937_64 chance(21);
  sequential_chances tables;
  int const suites = 10'000;
  int alarms = 0;
  double trials = 0;
  for (int i = 0; i < suites; ++i) {
    double const rate = i % 3 == 0 ? 0.95 : i % 3 == 1 ? 0.85 : 0.6;
    auto const cells = suite_of(8, rate);
    auto const base = simulate_run(cells, base_trials, 1, chance);
    auto const sampled = sample(base, std::vector<double>(cells.size(), rate), tables, chance);
    trials += sampled.trials / static_cast<double>(cells.size());
    if (compare_runs(base, sampled.head, {}, &tables).gates) ++alarms;
  }
  INFO("false alarms " << alarms << ", mean trials " << trials / suites);
  CHECK(alarms <= suites * 0.05);
  CHECK(trials / suites < 0.6 * most);
}

TEST_CASE("A fall is found as often as by a fixed number of trials that costs far more") {
  std::mt19937_64 chance(22);
  sequential_chances tables;
  int const suites = 600;
  double const alpha_of_one = 0.05 / (2 * 8);  // half for the suite, the rest for eight cells
  for (double const fallen : {0.2, 0.35, 0.5}) {
    double const usual = 0.95;
    int found = 0;
    double trials_of_fallen = 0;
    double trials_of_others = 0;
    for (int i = 0; i < suites; ++i) {
      auto const cells = suite_of(8, usual);
      auto const base = simulate_run(cells, base_trials, 1, chance);
      std::vector<double> rates(cells.size(), usual);
      rates[3] = fallen;
      auto const sampled = sample(base, rates, tables, chance);
      auto const compared = compare_runs(base, sampled.head, {}, &tables);
      if (compared.cells[3].gates) ++found;
      trials_of_fallen += compared.cells[3].head->decided();
      trials_of_others += sampled.trials - compared.cells[3].head->decided();
    }
    double const power = static_cast<double>(found) / suites;
    int const fixed = fixed_trials(std::min(power, 0.999), alpha_of_one, usual, fallen);
    double const mean = (trials_of_fallen + trials_of_others) / suites / 8;
    INFO("falls to " << fallen << ": found " << power << ", fixed " << fixed << ", mean " << mean
                     << ", of the fallen cell " << trials_of_fallen / suites);
    CHECK(mean <= 0.6 * fixed);
  }
}

TEST_CASE("The fall that is promised to be found is found as often as was asked for") {
  std::mt19937_64 chance(23);
  std::uniform_real_distribution<double> draw(0, 1);
  sequential_chances tables;
  for (double const power : {0.8, 0.9})
    for (int const passed : {20, 17, 12}) {
      sampling_settings settings;
      settings.power = power;
      int found = 0;
      double low = 0;
      int const tries = 1000;
      for (int i = 0; i < tries; ++i) {
        sequential_stop stop({{"a", trial_count{passed, base_trials - passed}, most, true}}, settings,
                             tables);
        REQUIRE(stop.detectable_rate(0));
        low = *stop.detectable_rate(0);
        std::vector<bool> verdicts;
        do verdicts.push_back(draw(chance) < low);
        while (static_cast<int>(verdicts.size()) < most && stop.is_open(0, verdicts));
        static_cast<void>(stop.is_open(0, verdicts));
        if (is_significant(stop.chance(0), settings.alpha)) ++found;
      }
      INFO("base " << passed << "/20, rate " << low << ", found " << found);
      CHECK(found >= tries * power - 3 * std::sqrt(tries * power * (1 - power)));
    }
}

TEST_CASE("What is settled early is settled at once") {
  sequential_chances tables;
  sequential_stop stop({{"a", trial_count{20, 0}, most, true}, {"b", {}, most, true}}, {}, tables);
  CHECK(stop.is_tested(0));
  CHECK_FALSE(stop.is_tested(1));
  CHECK(stop.is_open(0, {true, true, true}));  // every cell gets four
  CHECK_FALSE(stop.is_open(0, std::vector<bool>(7, true)));
  CHECK_FALSE(stop.is_open(0, {false, false, false, false}));
  CHECK(stop.chance(0) < 0.001);
}

TEST_CASE("A baseline too small to prove anything against costs no trials") {
  sequential_chances tables;
  sequential_stop stop({{"a", trial_count{1, 0}, 10, true}}, {}, tables);
  CHECK_FALSE(stop.detectable_rate(0));
  CHECK_FALSE(stop.is_open(0, {false, false, false, false}));
}
