#include "runner/run/token_estimate.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/sample_run_record.hpp"

using namespace parley;

namespace {

std::shared_ptr<cell> free_text_cell() {
  auto planned = test::sample_cell("orders", "Late", "Angry");
  auto told = *planned->scenario_used;
  told.versions.back().script.reset();
  told.versions.back().instructions = std::string(4000, 'x');
  planned->scenario_used = std::make_shared<scenario const>(told);
  planned->success.nl_assertions = {"It was polite.", "It was quick."};
  planned->limits.max_interactions = 20;
  return planned;
}

auto const no_model = [](std::string const&) { return false; };

}  // namespace

TEST_CASE("A script costs nothing, whoever could judge") {
  auto planned = test::sample_cell("orders", "Late", "Angry");
  auto told = *planned->scenario_used;
  told.versions.back().script = user_script();
  planned->scenario_used = std::make_shared<scenario const>(told);
  planned->success.nl_assertions.clear();
  planned->success.metrics.clear();
  auto const guessed = estimate_tokens({planned}, true, no_model);
  CHECK(guessed.usual.total().requests == 0);
  CHECK(guessed.most.total().input_tokens == 0);
}

TEST_CASE("A conversation grows with its length, a plan with its trials") {
  auto planned = free_text_cell();
  auto const one = estimate_tokens({planned}, true, no_model);
  CHECK(one.usual.user.requests == 7);
  CHECK(one.most.user.requests == 21);
  CHECK(one.usual.user.input_tokens > 7 * 1000);  // the instructions go with each request
  CHECK(one.usual.judge.requests == 2);
  CHECK(one.usual.agent.empty());
  CHECK(one.most.user.input_tokens > 3 * one.usual.user.input_tokens);

  planned->trials = 5;
  auto const five = estimate_tokens({planned}, true, [](std::string const&) { return true; });
  CHECK(five.usual.user.input_tokens == 5 * one.usual.user.input_tokens);
  CHECK(five.usual.agent.requests == 30);

  planned->skip = "later";
  CHECK(estimate_tokens({planned}, true, no_model).most.total().requests == 0);
}

TEST_CASE("Nobody judges, nobody pays for it") {
  CHECK(estimate_tokens({free_text_cell()}, false, no_model).usual.judge.empty());
}
