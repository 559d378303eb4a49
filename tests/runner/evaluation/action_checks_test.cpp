#include "runner/evaluation/action_checks.hpp"

#include "tests/runner/evaluation/sample_transcript.hpp"
#include "tests/support/catch.hpp"

using namespace parley;
using namespace parley::test;
using nlohmann::json;

namespace {

std::string marks(std::vector<expected_action> const& expected, std::vector<tool_call> made,
                  bool ordered = false, action_matching matching = action_matching::exact) {
  auto const talk = conversation({said(role::user, "go", 1), calling(std::move(made))});
  std::string text;
  for (auto const& result : check_actions(expected, ordered, matching, talk))
    text += result.match ? '1' : '0';
  return text;
}

std::string exact(json expected, json actual,
                  std::optional<std::vector<std::string>> compare_args = std::nullopt) {
  return marks({expecting("f", std::move(expected), std::move(compare_args))},
               {called("f", std::move(actual))});
}

std::string tau2(json expected, json actual,
                 std::optional<std::vector<std::string>> compare_args = std::nullopt) {
  return marks({expecting("f", std::move(expected), std::move(compare_args))},
               {called("f", std::move(actual))}, false, action_matching::tau2);
}

}  // namespace

TEST_CASE("without compare_args all arguments are equal") {
  CHECK(exact({{"a", 1}}, {{"a", 1}}) == "1");
  CHECK(exact({{"a", 1}}, {{"a", 1}, {"b", 2}}) == "0");
  CHECK(exact({{"a", 1}, {"b", 2}}, {{"a", 1}}) == "0");
  CHECK(exact(json::object(), nullptr) == "1");
  CHECK(exact(nullptr, {{"a", 1}}) == "0");
  auto const talk = conversation({said(role::user, "go", 1), calling({called("f", {{"a", 1}})})});
  auto const told = check_actions({expecting("f", nullptr)}, false, action_matching::exact, talk);
  CHECK(told.front().evidence ==
        R"(f {"a":1}; no arguments were expected: compare_args: [] looks at the name alone)");
}

TEST_CASE("compare_args names the arguments that count") {
  CHECK(exact({{"a", 1}, {"b", 1}}, {{"a", 1}, {"b", 2}}, {{"a"}}) == "1");
  CHECK(exact({{"a", 1}, {"b", 1}}, {{"a", 1}, {"b", 2}}, {{"a", "b"}}) == "0");
  CHECK(exact({{"a", 1}}, {{"b", 2}}, {{"a"}}) == "0");
  CHECK(exact({{"a", 1}}, {{"a", 2}}, std::vector<std::string>{}) == "1");
}

TEST_CASE("the name and the requestor have to agree") {
  CHECK(marks({expecting("f", json::object())}, {called("g", json::object())}) == "0");
  CHECK(marks({expecting("f", json::object())}, {called("f", json::object(), requestor::user)}) == "0");
  CHECK(marks({expecting("f", json::object(), std::nullopt, requestor::user)},
              {called("f", json::object(), requestor::user)}) == "1");
}

TEST_CASE("arguments are equal by mathematical value, exactly") {
  CHECK(exact({{"a", 1}}, {{"a", 1.0}}) == "1");
  CHECK(exact({{"a", 1}}, {{"a", true}}) == "0");
  CHECK(exact({{"a", 1}}, {{"a", "1"}}) == "0");
  CHECK(exact({{"a", 9007199254740993}}, {{"a", 9007199254740993}}) == "1");
  CHECK(exact({{"a", 9007199254740993}}, {{"a", 9007199254740992}}) == "0");
  CHECK(exact({{"a", 9007199254740993}}, {{"a", 9007199254740992.0}}) == "0");
  CHECK(exact({{"a", 9007199254740992}}, {{"a", 9007199254740992.0}}) == "1");
  CHECK(exact({{"a", {1, {{"b", 2.0}}}}}, {{"a", {1.0, {{"b", 2}}}}}) == "1");
  CHECK(exact({{"a", nullptr}}, json::object()) == "0");
}

TEST_CASE("an actual call satisfies one expected call at most") {
  auto const f = expecting("f", nullptr, std::vector<std::string>{});
  CHECK(marks({f, f}, {called("f", {})}) == "10");
  CHECK(marks({f, f}, {called("f", {}), called("f", {{"x", 1}})}) == "11");
}

TEST_CASE("matching succeeds where first come, first served would not") {
  auto const any = expecting("f", nullptr, std::vector<std::string>{});
  auto const one = expecting("f", {{"a", 1}});
  CHECK(marks({any, one}, {called("f", {{"a", 1}}), called("f", {{"a", 2}})}) == "11");
  auto const same_a = expecting("f", {{"a", 1}, {"b", 1}}, {{"a"}});
  auto const same_b = expecting("f", {{"a", 1}, {"b", 1}}, {{"b"}});
  // A chain: each has to give up its call for the next one.
  CHECK(marks({any, same_a, one}, {called("f", {{"a", 1}}), called("f", {{"a", 1}, {"b", 2}}),
                                   called("f", {{"a", 3}})}) == "111");
  CHECK(marks({same_a, same_b}, {called("f", {{"a", 1}, {"b", 1}}), called("f", {{"a", 1}, {"b", 7}})}) ==
        "11");
  CHECK(marks({same_a, same_b}, {called("f", {{"a", 1}, {"b", 1}}), called("f", {{"a", 2}, {"b", 1}})}) ==
        "11");
  CHECK(marks({same_a, same_b}, {called("f", {{"a", 1}, {"b", 1}})}) == "10");
}

TEST_CASE("the order does not matter unless it is demanded") {
  auto const f = expecting("f", json::object());
  auto const g = expecting("g", json::object());
  std::vector<tool_call> const backwards{called("g", json::object()), called("f", json::object())};
  CHECK(marks({f, g}, backwards) == "11");
  CHECK(marks({f, g}, backwards, true) != "11");
  CHECK(marks({g, f}, backwards, true) == "11");
}

TEST_CASE("ordered calls may stand among others") {
  auto const f = expecting("f", json::object());
  auto const g = expecting("g", json::object());
  std::vector<tool_call> const made{called("g", json::object()), called("x", json::object()),
                                    called("f", json::object()), called("y", json::object()),
                                    called("g", json::object())};
  CHECK(marks({f, g}, made, true) == "11");
  CHECK(marks({f, f}, made, true) != "11");
}

TEST_CASE("as many ordered calls as possible are found") {
  auto const a = expecting("a", json::object());
  auto const b = expecting("b", json::object());
  auto const c = expecting("c", json::object());
  std::vector<tool_call> const made{called("b", json::object()), called("c", json::object()),
                                    called("a", json::object())};
  CHECK(marks({a, b, c}, made, true) == "011");
  // The first f may not take the only call that the narrower one behind it needs.
  auto const any = expecting("f", nullptr, std::vector<std::string>{});
  auto const two = expecting("f", {{"n", 2}});
  CHECK(marks({any, two}, {called("f", {{"n", 1}}), called("f", {{"n", 2}})}, true) == "11");
  CHECK(marks({two, any}, {called("f", {{"n", 1}}), called("f", {{"n", 2}})}, true) != "11");
}

TEST_CASE("a call answered with an error counts") {
  auto answer_message = said(role::tool, "", 1);
  answer_message.result.is_error = true;
  auto const talk =
      conversation({said(role::user, "go", 1), calling({called("f", json::object())}), answer_message});
  CHECK(check_actions({expecting("f", json::object())}, false, action_matching::exact, talk)[0].match);
}

TEST_CASE("calls of the history count in tau2 mode only") {
  auto old = calling({called("f", json::object())}, 0);
  old.from_history = true;
  auto const talk = conversation({old, said(role::user, "go", 1)});
  std::vector<expected_action> const f{expecting("f", json::object())};
  CHECK_FALSE(check_actions(f, false, action_matching::exact, talk)[0].match);
  CHECK(check_actions(f, false, action_matching::tau2, talk)[0].match);
}

TEST_CASE("tau2 compares only the keys of the actual call when compare_args is absent") {
  CHECK(tau2({{"a", 1}, {"b", 2}}, {{"a", 1}}) == "1");
  CHECK(tau2({{"a", 1}}, {{"a", 1}, {"b", 2}}) == "0");
  CHECK(tau2({{"a", 1}}, json::object()) == "1");
  CHECK(tau2({{"a", 1}}, {{"a", 2}}) == "0");
}

TEST_CASE("tau2 compares the named keys when compare_args is given") {
  CHECK(tau2({{"a", 1}, {"b", 2}}, {{"a", 1}, {"b", 3}}, {{"a"}}) == "1");
  CHECK(tau2({{"a", 1}, {"b", 2}}, {{"a", 1}}, {{"a", "b"}}) == "0");
  CHECK(tau2({{"a", 1}}, {{"a", 2}}, std::vector<std::string>{}) == "1");
  CHECK(tau2({{"a", 1}}, {{"a", 1}}, {{"missing"}}) == "1");
}

TEST_CASE("tau2 uses Python's equality") {
  CHECK(tau2({{"a", true}}, {{"a", 1}}) == "1");
  CHECK(tau2({{"a", 0.0}}, {{"a", false}}) == "1");
  CHECK(tau2({{"a", 1}}, {{"a", 1.0}}) == "1");
  CHECK(tau2({{"a", true}}, {{"a", "true"}}) == "0");
  CHECK(tau2({{"a", nullptr}}, {{"a", 0}}) == "0");
  CHECK(tau2({{"a", {1, {{"b", true}}}}}, {{"a", {true, {{"b", 1}}}}}) == "1");
  CHECK(tau2({{"a", 9007199254740993}}, {{"a", 9007199254740992.0}}) == "0");
  CHECK(tau2({{"a", {1}}}, {{"a", {1, 2}}}) == "0");
}

TEST_CASE("tau2 ignores requestor, order and pairing") {
  auto const f = expecting("f", json::object());
  auto const g = expecting("g", json::object());
  CHECK(marks({f}, {called("f", json::object(), requestor::user)}, false, action_matching::tau2) == "1");
  CHECK(marks({f, f}, {called("f", json::object())}, false, action_matching::tau2) == "11");
  CHECK(marks({f, g}, {called("g", json::object()), called("f", json::object())}, true,
              action_matching::tau2) == "11");
}

TEST_CASE("evidence of a missing action is the nearest call, else what was called") {
  auto const talk = conversation({said(role::user, "go", 1), calling({called("f", {{"a", 2}})})});
  auto const results =
      check_actions({expecting("f", {{"a", 1}}), expecting("g", {})}, false, action_matching::exact, talk);
  CHECK(results[0].evidence == "f {\"a\":2}");
  CHECK(results[1].evidence == "calls made: f");
  CHECK(check_actions({expecting("f", {})}, false, action_matching::exact, one_reply("no"))[0].evidence ==
        "no tool was called");
}

TEST_CASE("hundreds of equal calls are matched") {
  std::vector<expected_action> expected(200, expecting("f", nullptr, std::vector<std::string>{}));
  std::vector<tool_call> made(199, called("f", {{"a", 1}}));
  CHECK(marks(expected, made) == std::string(199, '1') + "0");
  CHECK(marks(expected, made, true).find("0") != std::string::npos);
  made.push_back(called("f", json::object()));
  CHECK(marks(expected, made, true) == std::string(200, '1'));
}
