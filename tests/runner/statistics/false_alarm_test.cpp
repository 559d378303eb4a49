// Two runs of one agent, thousands of times: how often is one called a regression?
#include "runner/statistics/regression_verdict.hpp"
#include "tests/runner/statistics/simulated_runs.hpp"
#include "tests/support/catch.hpp"

#include <cmath>

using namespace parley;
using namespace parley::test;

namespace {

struct suite_shape {
  std::string name;
  int scenarios;
  int personas;
  int base_trials;
  int head_trials;
  double rate;
  bool mixed;  // rates from 0.5 to 1 instead
};

std::vector<simulated_cell> cells_of(suite_shape const& shape) {
  std::vector<simulated_cell> cells;
  for (int scenario = 0; scenario < shape.scenarios; ++scenario)
    for (int persona = 0; persona < shape.personas; ++persona) {
      double const place =
          static_cast<double>(scenario * shape.personas + persona) / (shape.scenarios * shape.personas);
      cells.push_back({"c" + std::to_string(scenario), shape.mixed ? 0.5 + place / 2 : shape.rate});
    }
  return cells;
}

}  // namespace

TEST_CASE("An agent compared with itself is called regressed in at most alpha of the cases") {
  suite_shape const shapes[] = {
      {"one cell, many trials", 1, 1, 50, 50, 0.7, false},
      {"ten cells, five trials", 10, 1, 5, 5, 0.8, false},
      {"coins", 20, 1, 8, 8, 0.5, false},
      {"mixed, unequal trials", 20, 2, 10, 5, 0, true},
      {"many that mostly pass", 60, 2, 5, 5, 0.97, false},
      {"single trials", 60, 1, 1, 1, 0.8, false},
  };
  std::mt19937_64 chance(3);
  for (auto const& shape : shapes) {
    auto const cells = cells_of(shape);
    int const runs = 500;
    for (double const alpha : {0.05, 0.2}) {
      comparison_settings settings;
      settings.alpha = alpha;
      int alarms = 0;
      for (int i = 0; i < runs; ++i) {
        auto const base = simulate_run(cells, shape.base_trials, 1, chance);
        auto const head =
            simulate_run(cells, shape.head_trials, static_cast<std::uint64_t>(1 + i % 2), chance);
        auto const compared = compare_runs(base, head, settings);
        if (compared.gates || compared.word == suite_word::regressed) ++alarms;
      }
      INFO(shape.name << ", alpha " << alpha << ": " << alarms << " of " << runs);
      CHECK(alarms <= runs * alpha + 3 * std::sqrt(runs * alpha * (1 - alpha)));
    }
  }
}

TEST_CASE("A real fall is found") {
  std::mt19937_64 chance(4);
  suite_shape const shape{"", 40, 1, 5, 5, 0.95, false};
  auto const healthy = cells_of(shape);
  auto slightly_worse = healthy;
  for (auto& cell : slightly_worse) cell.rate -= 0.12;
  auto broken = healthy;
  broken[7].rate = 0;
  int suite_found = 0;
  int cell_found = 0;
  int const runs = 200;
  for (int i = 0; i < runs; ++i) {
    auto const base = simulate_run(healthy, shape.base_trials, 1, chance);
    auto const everywhere = compare_runs(base, simulate_run(slightly_worse, 5, 1, chance), {});
    if (everywhere.word == suite_word::regressed) ++suite_found;
    auto const one = compare_runs(base, simulate_run(broken, 5, 1, chance), {});
    if (one.cells[7].gates) ++cell_found;
  }
  CHECK(suite_found > 0.9 * runs);
  CHECK(cell_found > 0.9 * runs);
}
