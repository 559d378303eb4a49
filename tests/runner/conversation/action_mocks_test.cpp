#include "runner/conversation/action_mocks.hpp"

#include "tests/support/catch.hpp"

#include <nlohmann/json.hpp>

using namespace parley;
using nlohmann::json;

namespace {

tool_call call_of(std::string name, json arguments) {
  tool_call call;
  call.id = "c7";
  call.name = std::move(name);
  call.arguments = json_value(std::move(arguments));
  return call;
}

mock_case when(json arguments, std::optional<std::vector<std::string>> compare, json value, bool is_error) {
  mock_case c;
  c.arguments = json_value(std::move(arguments));
  c.compare_args = std::move(compare);
  c.return_value = json_value(std::move(value));
  c.is_error = is_error;
  return c;
}

}  // namespace

TEST_CASE("The first case that matches answers, else the default") {
  action_mock mock;
  mock.default_return_value = json_value(json{{"status", "unknown"}});
  mock.cases = {when({{"id", "1"}, {"x", 2}}, {}, "all equal", false),
                when({{"id", "1"}}, std::vector<std::string>{"id"}, "by id", true),
                when({}, std::vector<std::string>{}, "any", false)};
  std::map<std::string, action_mock> const mocks{{"lookup", mock}};
  CHECK(answer_call(call_of("lookup", {{"id", "1"}, {"x", 2.0}}), mocks).content.get() == "all equal");
  auto const by_id = answer_call(call_of("lookup", {{"id", "1"}}), mocks);
  CHECK(by_id.content.get() == "by id");
  CHECK(by_id.is_error);
  CHECK(by_id.id == "c7");
  CHECK(answer_call(call_of("lookup", {{"id", "2"}}), mocks).content.get() == "any");
  mock.cases.pop_back();
  CHECK(answer_call(call_of("lookup", {{"id", "2"}}), {{"lookup", mock}}).content.get() ==
        json{{"status", "unknown"}});
}

TEST_CASE("An action without a mock is a visible error") {
  auto const answer = answer_call(call_of("other", {}), {});
  CHECK(answer.is_error);
  CHECK(answer.source == answered_by::nobody);
  CHECK(answer.content.get() == "no mock for action other");
}
