#include "runner/run/dispatcher.hpp"

#include "tests/support/catch.hpp"

using namespace parley;

namespace {

std::shared_ptr<run_plan const> plan_of(std::vector<int> trials_per_cell) {
  auto plan = std::make_shared<run_plan>();
  plan->seed = 7;
  for (std::size_t i = 0; i < trials_per_cell.size(); ++i) {
    auto c = std::make_shared<cell>();
    c->id = cell_id("s/c" + std::to_string(i) + "@p");
    c->trials = trials_per_cell[i];
    plan->cells.push_back(std::move(c));
  }
  return plan;
}

trial_record ended(trial_task const& task, outcome_class outcome) {
  trial_record record;
  record.trial = task.trial;
  record.attempt = task.attempt;
  record.seed = task.seed;
  record.outcome = outcome;
  return record;
}

}  // namespace

TEST_CASE("Trials start in the plan's order, each with the seed of its cell and number") {
  auto const plan = plan_of({2, 1});
  dispatcher d(plan, {}, {});
  auto const first = d.next();
  auto const second = d.next();
  auto const third = d.next();
  CHECK_FALSE(d.next());
  CHECK(first->cell_index == 0);
  CHECK(second->trial == 2);
  CHECK(third->cell_index == 1);
  CHECK(second->seed == trial_seed(7, plan->cells[0]->id, 2));
  CHECK(first->seed != second->seed);
}

TEST_CASE("Trials of a part of a cell keep the numbers and seeds they have in the whole") {
  auto plan = std::make_shared<run_plan>(*plan_of({2}));
  auto part = std::make_shared<cell>(*plan->cells[0]);
  part->first_trial = 4;
  plan->cells[0] = part;
  dispatcher d(plan, {}, {});
  auto const first = d.next();
  auto const second = d.next();
  CHECK_FALSE(d.next());
  CHECK(first->trial == 4);
  CHECK(first->seed == trial_seed(7, part->id, 4));
  CHECK(second->trial == 5);
  d.finished(*first, ended(*first, outcome_class::passed));
  CHECK(d.finished(*second, ended(*second, outcome_class::passed)).cell_settled);
  CHECK(d.state_of(0).outcome == cell_outcome::passed);
}

TEST_CASE("An errored attempt is repeated after everything else, with the same seed, up to the limit") {
  retry_policy once;
  dispatcher d(plan_of({1, 1}), once, {});
  auto const first = *d.next();
  CHECK(d.finished(first, ended(first, outcome_class::agent_error)).will_retry);
  CHECK(d.next()->cell_index == 1);
  auto const again = *d.next();
  CHECK(again.cell_index == 0);
  CHECK(again.attempt == 2);
  CHECK(again.seed == first.seed);
  auto const verdict = d.finished(again, ended(again, outcome_class::agent_error));
  CHECK_FALSE(verdict.will_retry);
  CHECK(verdict.cell_settled);
  CHECK(d.state_of(0).outcome == cell_outcome::errored);
  CHECK(d.state_of(0).earlier.size() == 1);
}

TEST_CASE("Failed trials are repeated only under retry_on any, and a pass after that is flaky") {
  dispatcher plain(plan_of({1}), {}, {});
  auto task = *plain.next();
  CHECK_FALSE(plain.finished(task, ended(task, outcome_class::failed)).will_retry);

  retry_policy any;
  any.when = retry_cause::any;
  dispatcher forgiving(plan_of({1}), any, {});
  task = *forgiving.next();
  CHECK(forgiving.finished(task, ended(task, outcome_class::failed)).will_retry);
  task = *forgiving.next();
  forgiving.finished(task, ended(task, outcome_class::passed));
  CHECK(forgiving.state_of(0).outcome == cell_outcome::passed);
  CHECK(forgiving.state_of(0).flaky);
}

TEST_CASE(
    "An invalid simulated user is replaced with another seed, up to the cell's cap, and uses up no retry") {
  retry_policy policy;
  policy.max_invalid = 2;
  dispatcher d(plan_of({1}), policy, {});
  auto task = *d.next();
  auto const first_seed = task.seed;
  for (int i = 0; i < 2; ++i) {
    auto const seed = task.seed;
    REQUIRE(d.finished(task, ended(task, outcome_class::simulator_invalid)).will_retry);
    task = *d.next();
    CHECK(task.seed != seed);
  }
  CHECK(task.attempt == 3);
  REQUIRE(d.finished(task, ended(task, outcome_class::agent_error)).will_retry);
  auto const seed = task.seed;
  task = *d.next();
  CHECK(task.seed == seed);  // a retry shares the seed of what it repeats
  auto const verdict = d.finished(task, ended(task, outcome_class::simulator_invalid));
  CHECK_FALSE(verdict.will_retry);
  CHECK(verdict.cell_settled);
  CHECK(d.state_of(0).outcome == cell_outcome::errored);

  dispatcher same(plan_of({1}), policy, {});
  auto repeated = *same.next();
  REQUIRE(repeated.seed == first_seed);
  REQUIRE(same.finished(repeated, ended(repeated, outcome_class::simulator_invalid)).will_retry);
  auto const replacement = *same.next();
  CHECK(replacement.seed != first_seed);
}

TEST_CASE("A cell whose replacement passed has passed, and is not flaky") {
  dispatcher d(plan_of({1}), {}, {});
  auto const first = *d.next();
  REQUIRE(d.finished(first, ended(first, outcome_class::simulator_invalid)).will_retry);
  auto const second = *d.next();
  d.finished(second, ended(second, outcome_class::passed));
  CHECK(d.state_of(0).outcome == cell_outcome::passed);
  CHECK_FALSE(d.state_of(0).flaky);
}

TEST_CASE("maxfail counts cells that failed or errored, once they are settled") {
  dispatcher d(plan_of({2, 1, 1}), {}, 2);
  auto const a1 = *d.next();
  auto const a2 = *d.next();
  CHECK_FALSE(d.finished(a1, ended(a1, outcome_class::failed)).cell_settled);
  CHECK_FALSE(d.finished(a2, ended(a2, outcome_class::failed)).enough_failures);
  auto const b = *d.next();
  CHECK(d.finished(b, ended(b, outcome_class::failed)).enough_failures);
  d.stop();
  CHECK_FALSE(d.next());
  auto const cells = d.take_cells();
  CHECK(cells[2].outcome == cell_outcome::not_run);
}

TEST_CASE("A quarantined failure does not count towards maxfail") {
  auto plan = std::make_shared<run_plan>(*plan_of({1}));
  auto quarantined = std::make_shared<cell>(*plan->cells[0]);
  quarantined->quarantine = "known";
  plan->cells[0] = quarantined;
  dispatcher d(plan, {}, 1);
  auto const task = *d.next();
  CHECK_FALSE(d.finished(task, ended(task, outcome_class::failed)).enough_failures);
}

TEST_CASE("A skipped cell is settled at once and never started") {
  auto plan = std::make_shared<run_plan>(*plan_of({1, 1}));
  auto skipped = std::make_shared<cell>(*plan->cells[0]);
  skipped->skip = "not now";
  plan->cells[0] = skipped;
  dispatcher d(plan, {}, {});
  CHECK(d.settled_at_start() == std::vector<std::size_t>{0});
  CHECK(d.next()->cell_index == 1);
  CHECK_FALSE(d.next());
  CHECK(d.state_of(0).outcome == cell_outcome::skipped);
}

TEST_CASE("Trials kept from an earlier session are not held again") {
  trial_task had;
  had.trial = 2;
  dispatcher d(plan_of({3, 1}), {}, {}, {{ended(had, outcome_class::passed)}});
  CHECK(d.next()->trial == 1);
  CHECK(d.next()->trial == 3);
  CHECK(d.next()->cell_index == 1);
  CHECK_FALSE(d.next());
}

namespace {

// One cell against a baseline that passed 20 of 20, at most `most` trials.
struct sampled_run {
  explicit sampled_run(int most, int cells = 1) {
    auto plan = std::make_shared<run_plan>(*plan_of(std::vector<int>(static_cast<std::size_t>(cells), most)));
    std::vector<sampled_cell> sampled;
    for (auto& planned : plan->cells) {
      auto until_decided = std::make_shared<cell>(*planned);
      until_decided->until_decided = true;
      planned = until_decided;
      sampled.push_back({planned->id.value, trial_count{20, 0}, most, true});
    }
    state = std::make_unique<dispatcher>(
        plan, retry_policy{}, std::nullopt, std::vector<std::vector<trial_record>>{},
        std::make_unique<sequential_stop>(sampled, sampling_settings{}, tables));
  }

  sequential_chances tables;
  std::unique_ptr<dispatcher> state;
};

std::shared_ptr<run_plan const> sampled_without_baseline(int most, pass_rule rule) {
  auto plan = std::make_shared<run_plan>(*plan_of({most}));
  auto until_decided = std::make_shared<cell>(*plan->cells[0]);
  until_decided->until_decided = true;
  until_decided->rule = rule;
  plan->cells[0] = until_decided;
  return plan;
}

}  // namespace

TEST_CASE("A cell that fails where its baseline passed is settled after the first trials") {
  sampled_run run(20);
  for (int trial = 1; trial <= 4; ++trial) {
    auto const task = run.state->next();
    REQUIRE(task);
    CHECK(task->trial == trial);
    auto const verdict = run.state->finished(*task, ended(*task, outcome_class::failed));
    CHECK(verdict.cell_settled == (trial == 4));
  }
  CHECK_FALSE(run.state->next());
  CHECK(run.state->state_of(0).enough == 4);
  CHECK(run.state->state_of(0).outcome == cell_outcome::failed);
}

TEST_CASE("A cell that passes as its baseline did is settled long before the most trials") {
  sampled_run run(20);
  int trials = 0;
  while (auto const task = run.state->next()) {
    ++trials;
    run.state->finished(*task, ended(*task, outcome_class::passed));
  }
  CHECK(trials >= 4);
  CHECK(trials <= 8);
  CHECK(run.state->state_of(0).enough == trials);
  CHECK(run.state->state_of(0).outcome == cell_outcome::passed);
}

TEST_CASE("Only cells that are still open get further trials, the least known first") {
  sampled_run run(20, 2);
  std::vector<int> held(2, 0);
  while (auto const task = run.state->next()) {
    ++held[task->cell_index];
    bool const passes = task->cell_index == 0 || (task->trial != 2 && task->trial != 6);
    run.state->finished(*task, ended(*task, passes ? outcome_class::passed : outcome_class::failed));
  }
  CHECK(held[0] <= 8);
  CHECK(held[1] > held[0]);
}

TEST_CASE("At most four trials of an open cell are under way, and a late one still counts") {
  sampled_run run(20);
  std::vector<trial_task> under_way;
  while (auto const task = run.state->next()) under_way.push_back(*task);
  REQUIRE(under_way.size() == 4);
  for (std::size_t i = 3; i > 0; --i)
    CHECK_FALSE(run.state->finished(under_way[i], ended(under_way[i], outcome_class::failed)).cell_settled);
  auto const further = run.state->next();  // the first one is still missing
  REQUIRE(further);
  CHECK_FALSE(run.state->finished(under_way[0], ended(under_way[0], outcome_class::failed)).cell_settled);
  CHECK_FALSE(run.state->next());
  CHECK(run.state->finished(*further, ended(*further, outcome_class::failed)).cell_settled);
  CHECK(run.state->state_of(0).enough == 5);
}

TEST_CASE("Without a baseline a cell is sampled until its pass rule cannot change its mind") {
  auto const trials_of = [](pass_rule rule, outcome_class outcome) {
    dispatcher d(sampled_without_baseline(10, rule), {}, {});
    int trials = 0;
    while (auto const task = d.next()) {
      ++trials;
      d.finished(*task, ended(*task, outcome));
    }
    return std::pair{trials, d.state_of(0).outcome};
  };
  pass_rule const all;
  pass_rule any;
  any.which = pass_rule::kind::any;
  pass_rule rate;
  rate.which = pass_rule::kind::rate;
  rate.rate = 0.8;
  CHECK(trials_of(all, outcome_class::failed) == std::pair{1, cell_outcome::failed});
  CHECK(trials_of(all, outcome_class::passed) == std::pair{10, cell_outcome::passed});
  CHECK(trials_of(any, outcome_class::passed) == std::pair{1, cell_outcome::passed});
  CHECK(trials_of(rate, outcome_class::failed) == std::pair{3, cell_outcome::failed});
  CHECK(trials_of(rate, outcome_class::passed) == std::pair{8, cell_outcome::passed});
}

TEST_CASE("A decided cell of an earlier session gets no further trials") {
  auto plan = std::make_shared<run_plan>(*sampled_without_baseline(10, {}));
  trial_task had;
  dispatcher d(plan, {}, {}, {{ended(had, outcome_class::failed)}});
  CHECK(d.settled_at_start() == std::vector<std::size_t>{0});
  CHECK_FALSE(d.next());
}

TEST_CASE("Nothing is retried once the run was asked to stop") {
  dispatcher d(plan_of({1}), {}, {});
  auto const task = *d.next();
  d.stop();
  CHECK_FALSE(d.finished(task, ended(task, outcome_class::agent_error)).will_retry);
}
