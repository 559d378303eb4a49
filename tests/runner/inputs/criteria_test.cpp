#include "runner/inputs/criteria.hpp"

#include "tests/support/catch.hpp"

#include <nlohmann/json.hpp>

using namespace parley;

namespace {

using texts = std::vector<std::string>;

expected_action action(std::string name) {
  expected_action made;
  made.call.name = std::move(name);
  return made;
}

check mention(std::string text, int line) {
  check made;
  made.kind = check_kind::mentions;
  made.value = json_value::of_string(std::move(text));
  made.where = {"x.yaml", line, 1, {}};
  return made;
}

criteria with_actions(std::vector<std::string> const& names) {
  criteria made;
  for (auto const& name : names) made.actions.push_back(action(name));
  return made;
}

criteria with_all(texts const& actions, texts const& assertions, std::vector<check> checks) {
  criteria made = with_actions(actions);
  made.nl_assertions = assertions;
  made.checks = std::move(checks);
  made.metrics = {metric_criterion{"m", "csat", {}}};
  return made;
}

}  // namespace

TEST_CASE("United criteria hold everything of both, equal entries once") {
  auto const scenario = with_all({"refund", "lookup"}, {"polite", "quick"}, {mention("4411", 3)});
  auto const test =
      with_all({"lookup", "close"}, {"quick", "correct"}, {mention("4411", 9), mention("sorry", 10)});
  criteria const both = united(scenario, test);
  CHECK(both.actions == std::vector{action("refund"), action("lookup"), action("close")});
  CHECK(both.nl_assertions == texts{"polite", "quick", "correct"});
  CHECK(both.checks == std::vector{mention("4411", 3), mention("sorry", 10)});
  CHECK(both.metrics.size() == 1);
}

TEST_CASE("Two equal expected calls in one list still ask for two calls") {
  auto const twice = with_actions({"ping", "ping"});
  auto const once = with_actions({"ping"});
  CHECK(united(twice, once).actions.size() == 2);
  CHECK(united(once, twice).actions.size() == 2);
  CHECK(united(once, once).actions.size() == 1);
}

TEST_CASE("An order demanded by either side is demanded of both") {
  criteria ordered;
  ordered.actions_ordered = true;
  CHECK(united(ordered, {}).actions_ordered);
  CHECK(united({}, ordered).actions_ordered);
  CHECK_FALSE(united({}, {}).actions_ordered);
}

TEST_CASE("Criteria are empty when nothing is checked") {
  CHECK(criteria{}.empty());
  criteria judged;
  judged.nl_assertions = {"polite"};
  CHECK_FALSE(judged.empty());
  CHECK_FALSE(with_actions({"x"}).empty());
  criteria only_order;
  only_order.actions_ordered = true;
  CHECK(only_order.empty());
}

TEST_CASE("Check kinds and requestors are written as in files") {
  CHECK(to_text(check_kind::not_mentions) == "not_mentions");
  CHECK(to_text(check_kind::turn_latency) == "turn_latency");
  CHECK(to_text(check_kind::json_schema) == "json_schema");
  CHECK(to_text(requestor::assistant) == "assistant");
  CHECK(to_text(requestor::user) == "user");
}
