#include "runner/run/run_record.hpp"
#include "tests/support/catch.hpp"

#include <vector>

using namespace parley;

namespace {

trial_record ended(int number, outcome_class outcome) {
  trial_record made;
  made.trial = number;
  made.outcome = outcome;
  return made;
}

cell_record settled(std::string const& rule, int planned, std::vector<outcome_class> const& trials,
                    std::vector<outcome_class> const& earlier = {}) {
  auto unit = std::make_shared<cell>();
  unit->rule = *parse_pass_rule(rule);
  unit->trials = planned;
  cell_record record;
  record.planned = unit;
  int number = 0;
  for (auto const outcome : trials) record.trials.push_back(ended(++number, outcome));
  for (auto const outcome : earlier) record.earlier.push_back(ended(1, outcome));
  settle(record);
  return record;
}

std::vector<outcome_class> mix(int passed, int failed, int errored) {
  std::vector<outcome_class> trials(static_cast<std::size_t>(passed), outcome_class::passed);
  trials.insert(trials.end(), static_cast<std::size_t>(failed), outcome_class::failed);
  trials.insert(trials.end(), static_cast<std::size_t>(errored), outcome_class::agent_error);
  return trials;
}

// The rule in words, over plain numbers.
bool holds(std::string const& rule, int passed, int n) {
  if (rule == "all") return passed == n;
  if (rule == "any") return passed >= 1;
  if (rule == "80%") return passed * 100 >= 80 * n;
  if (rule == "0.5") return passed * 2 >= n;
  return passed >= rule.front() - '0';  // K/N
}

// Tries every way in which the trials without verdict could still have ended.
cell_outcome brute_force(std::string const& rule, int passed, int errored, int n) {
  int met = 0;
  for (int extra = 0; extra <= errored; ++extra) met += holds(rule, passed + extra, n) ? 1 : 0;
  if (met == errored + 1) return cell_outcome::passed;
  return met == 0 ? cell_outcome::failed : cell_outcome::errored;
}

}  // namespace

TEST_CASE("A cell settles as if every trial without verdict had been tried both ways") {
  for (int n = 1; n <= 6; ++n) {
    std::vector<std::string> rules{"all", "any", "80%", "0.5"};
    for (int k = 1; k <= n; ++k) rules.push_back(std::to_string(k) + "/" + std::to_string(n));
    for (auto const& rule : rules) {
      for (int p = 0; p <= n; ++p) {
        for (int f = 0; p + f <= n; ++f) {
          int const e = n - p - f;
          INFO(rule << " p=" << p << " f=" << f << " e=" << e);
          auto const cell = settled(rule, n, mix(p, f, e));
          CHECK(to_text(cell.outcome) == to_text(brute_force(rule, p, e, n)));
          CHECK(cell.flaky == (cell.outcome == cell_outcome::passed && f > 0));
        }
      }
    }
  }
}

TEST_CASE("An errored cell whose missing trials are all cancelled or over budget was not run") {
  using enum outcome_class;
  CHECK(settled("all", 3, {passed, cancelled, budget_exhausted}).outcome == cell_outcome::not_run);
  CHECK(settled("all", 3, {}).outcome == cell_outcome::not_run);
  CHECK(settled("all", 3, {passed}).outcome == cell_outcome::not_run);
  CHECK(settled("all", 3, {passed, cancelled, agent_error}).outcome == cell_outcome::errored);
  CHECK(settled("all", 3, {failed, cancelled, cancelled}).outcome == cell_outcome::failed);
  CHECK(settled("any", 3, {passed, cancelled, cancelled}).outcome == cell_outcome::passed);
}

TEST_CASE("Classes without a verdict leave a cell errored") {
  using enum outcome_class;
  for (auto const c : {agent_error, simulator_invalid, judge_undecided, infrastructure_error})
    CHECK(settled("all", 1, {c}).outcome == cell_outcome::errored);
}

TEST_CASE("A failed earlier attempt makes a passed cell flaky, an errored one does not") {
  using enum outcome_class;
  CHECK(settled("all", 1, {passed}, {failed}).flaky);
  CHECK_FALSE(settled("all", 1, {passed}, {agent_error}).flaky);
  CHECK_FALSE(settled("all", 1, {failed}, {failed}).flaky);
  CHECK(settled("any", 2, {passed, failed}).flaky);
}

TEST_CASE("A cell with a skip reason is skipped whatever its trials say") {
  auto unit = std::make_shared<cell>();
  unit->skip = "later";
  cell_record record;
  record.planned = unit;
  settle(record);
  CHECK(record.outcome == cell_outcome::skipped);
  CHECK_FALSE(record.flaky);
}

TEST_CASE("Cell outcomes are written as in the output") {
  CHECK(to_text(cell_outcome::not_run) == "not_run");
  CHECK(to_text(cell_outcome::errored) == "errored");
}
