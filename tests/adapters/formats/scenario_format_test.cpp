#include "adapters/formats/scenario_format.hpp"

#include "adapters/formats/digest.hpp"
#include "runner/inputs/local_time.hpp"
#include "tests/adapters/formats/reading.hpp"
#include "tests/support/catch.hpp"

using namespace parley;
using test::problem_list;

namespace {

auto read(std::string const& yaml) {
  return test::read_with(read_scenario, yaml);
}

std::string with(std::string const& more) {
  return "name: N\nobjective: O\ninstructions: I\n" + more;
}

problem_list problems_of(std::string const& more) {
  return read(with(more)).problems;
}

// The design's own example.
constexpr char const* late_delivery = R"yaml(
name: Late delivery refund
tags: {category: refunds, priority: high}
objective: Get a refund for order 4411, two weeks late.
instructions: Polite at first; insist when refused. Give the order number only when asked.
initial_message_type: user-message        # user-message | external-event | skip
conversation_starts_at: null              # UTC; null = now
initial_message: "Hi, my order never came."   # the fixed opening line, or the event's text
script:                                   # a deterministic user: needs no model
  replies:
    - {when: "order number", say: "It's 4411.", once: true}
    - {when: "(refund|money).*(issued|sent)", say: "Great, thank you.", then: end}
  otherwise: "I just want my money back."
environment:
  variables: {lead.custom_fields.membership_status: gold}
  message_history: []
  action_mocks: {lookup_order: {default_return_value: {status: late}, default_is_error: false}}
evaluation:
  actions: [{name: issue_refund, arguments: {order_id: "4411"}, compare_args: [order_id]}]
  nl_assertions: ["The agent apologised before it asked for details."]
  checks: [{mentions: "4411"}, {not_matches: "(?i)as an ai"}, {turn_latency: "p95 < 2s"}]
)yaml";

}  // namespace

TEST_CASE("A whole scenario is read") {
  auto const result = read(late_delivery);
  CHECK(result.problems == problem_list{});
  REQUIRE(result.value);
  auto const& s = *result.value;
  CHECK(s.name == "Late delivery refund");
  CHECK(s.dialect == input_dialect::parley);
  CHECK(s.id.value == sha256_hex("scenario:Late delivery refund").substr(0, 24));
  CHECK(s.tags == tag_map{{"category", "refunds"}, {"priority", "high"}});
  CHECK(to_text(s.where) == "f.yaml:2:1");
  REQUIRE(s.versions.size() == 1);
  auto const& v = s.latest();
  CHECK(v.number == 1);
  CHECK(v.objective == "Get a refund for order 4411, two weeks late.");
  CHECK(v.opening == initial_message_type::user_message);
  CHECK_FALSE(v.conversation_starts_at);
  CHECK(v.initial_message == "Hi, my order never came.");
  REQUIRE(v.script->replies.size() == 2);
  CHECK(v.script->replies[0] == script_reply{"order number", "It's 4411.", true, false});
  CHECK(v.script->replies[1] ==
        script_reply{"(refund|money).*(issued|sent)", "Great, thank you.", false, true});
  CHECK(v.script->otherwise == "I just want my money back.");
  CHECK(v.environment.variables.dump() == R"({"lead.custom_fields.membership_status":"gold"})");
  CHECK(v.environment.action_mocks.at("lookup_order").default_return_value.dump() == R"({"status":"late"})");
  CHECK(v.evaluation.actions[0].call.compare_args == std::vector<std::string>{"order_id"});
  REQUIRE(v.evaluation.checks.size() == 3);
  CHECK(v.evaluation.checks[1].kind == check_kind::not_matches);
  CHECK(to_text(v.evaluation.checks[0].where) == "f.yaml:21:12");
  CHECK(v.digest.size() == 64);
}

TEST_CASE("Versions are full snapshots in ascending order, gaps allowed") {
  auto const result = read(
      "name: N\nversions:\n  - {version: 7, objective: seven, instructions: i}\n"
      "  - {version: 2, objective: two, instructions: i}\n");
  CHECK(result.problems == problem_list{});
  REQUIRE(result.value);
  REQUIRE(result.value->versions.size() == 2);
  CHECK(result.value->versions[0].number == 2);
  CHECK(result.value->latest().objective == "seven");
}

TEST_CASE("Versions must be unique, and nothing of a version may stand beside them") {
  auto const result = read(
      "name: N\nobjective: o\nversions:\n  - {version: 2, objective: a, instructions: i}\n"
      "  - {version: 2, objective: b, instructions: i}\n  - {version: 0, objective: c, instructions: i}\n"
      "  - {objective: c, instructions: i}\n");
  CHECK(
      result.problems ==
      problem_list{
          "f.yaml:2:1: 'objective' stands beside 'versions', move it into a version: each is a full snapshot",
          "f.yaml:5:15: version 2 stands twice, give every version its own number",
          "f.yaml:6:15: 'version' is 0, it must be at least 1",
          "f.yaml:7:5: missing key 'version' in versions[3], add it: number of the version, unique"});
}

TEST_CASE("What is missing or unknown is named") {
  CHECK(read("objective: o\ninstructions: i\n").problems ==
        problem_list{"f.yaml:1:1: missing key 'name' in scenario, add it: name of the scenario"});
  CHECK_FALSE(read("objective: o\n").value);
  CHECK(read("name: N\nobjective: o\n").problems.at(0).find("f.yaml:1:1: missing key 'instructions'") == 0);
  CHECK(read("name: N\nobjective: o\nscript: {replies: [Hi]}\n").problems == problem_list{});
  CHECK(problems_of("initial_mesage: x\n") ==
        problem_list{"f.yaml:4:1: unknown key 'initial_mesage', did you mean 'initial_message'?"});
  CHECK(problems_of("id: 12ab\n").at(0).find("f.yaml:4:5: 'id' is '12ab', no id") == 0);
  CHECK(problems_of("id: 0123456789abcdef01234567\n") == problem_list{});
  CHECK(problems_of("tags: {priority: 1}\n") ==
        problem_list{"f.yaml:4:18: 'priority' is the number 1 where text is expected, quote it: \"1\""});
}

TEST_CASE("Several things wrong in one file are all reported") {
  auto const result = read(
      "name: N\nobjective: o\ninstructions: 3\ninitial_message_type: skip\ninitial_message: Hi\n"
      "conversation_starts_at: yesterday\nscript:\n  replies:\n    - {when: '(', say: x}\n    - {when: y}\n");
  REQUIRE(result.problems.size() == 5);
  CHECK(result.problems[0] ==
        "f.yaml:3:15: 'instructions' is the number 3 where text is expected, quote it: \"3\"");
  CHECK(result.problems[1] ==
        "f.yaml:5:18: 'initial_message' has no place where the agent opens (skip), remove it, or make "
        "initial_message_type user-message");
  CHECK(result.problems[2].find("f.yaml:6:25: 'conversation_starts_at' is 'yesterday', no point in time") ==
        0);
  CHECK(result.problems[3].find("f.yaml:9:14: 'when' is no valid pattern: missing ): (") == 0);
  CHECK(result.problems[4] ==
        "f.yaml:10:7: 'replies[1]' neither says anything nor ends, add say: TEXT or then: end");
}

TEST_CASE("Start times are RFC 3339") {
  auto const result = read(with("conversation_starts_at: 2026-11-20T09:00:00Z\n"));
  REQUIRE(result.value);
  CHECK(to_rfc3339(*result.value->latest().conversation_starts_at) == "2026-11-20T09:00:00Z");
  CHECK(problems_of("conversation_starts_at: 2026-11-20\n").size() == 1);
  CHECK(problems_of("conversation_starts_at: 2026-02-30T09:00:00Z\n").size() == 1);
}

TEST_CASE("A script needs an opening line where the user opens") {
  std::string const script = "script: {replies: [{when: x, say: y}, {then: end}]}\n";
  CHECK(problems_of(script) ==
        problem_list{
            "f.yaml:4:9: the script has no opening line, add initial_message, or a reply without 'when'"});
  CHECK(problems_of("initial_message: Hi\n" + script) == problem_list{});
  CHECK(problems_of("script: {replies: [{when: x, say: y}, {say: z}]}\n") == problem_list{});
  CHECK(problems_of("script: {replies: [Hi, 'no: end']}\n") == problem_list{});
  CHECK(problems_of("initial_message_type: skip\n" + script) == problem_list{});
  CHECK(problems_of("initial_message_type: external-event\ninitial_message: parcel lost\n" + script) ==
        problem_list{});
  CHECK(problems_of(script + "environment: {message_history: [{role: user, content: Hi}]}\n") ==
        problem_list{});
  CHECK(problems_of(script + "environment: {message_history: [{role: agent, content: Hi}]}\n").size() == 1);
  CHECK(problems_of("script: {otherwise: x}\n").size() == 1);
  CHECK(problems_of("script: [{when: x, say: y}]\n").size() == 1);
}

TEST_CASE("A list of strings is a fixed script") {
  auto const bare = read(with("script: [Hello, 'My order is 4411.']\n"));
  auto const full = read(with("script: {replies: [Hello, {say: 'My order is 4411.', once: true}]}\n"));
  CHECK(bare.problems == problem_list{});
  REQUIRE(bare.value);
  CHECK(bare.value->latest().script->replies.at(1) ==
        script_reply{std::nullopt, "My order is 4411.", true, false});
  CHECK(bare.value->latest().digest == full.value->latest().digest);
}

TEST_CASE("A history that ends with the user's message is the opening line") {
  std::string const history =
      "environment: {message_history: [{role: assistant, content: a}, {role: user, content: b}]}\n";
  CHECK(problems_of(history) == problem_list{});
  CHECK(
      problems_of("initial_message: Hi\n" + history) ==
      problem_list{
          "f.yaml:4:18: 'initial_message' beside a message_history whose last message is the user's, remove "
          "one of the two: that last message opens the conversation"});
  CHECK(problems_of("initial_message_type: external-event\ninitial_message: Hi\n" + history) ==
        problem_list{});
}

TEST_CASE("History messages have a role, and text unless a tool spoke") {
  auto const history = [](std::string const& message) {
    return problems_of("environment: {message_history: [" + message + "]}\n");
  };
  CHECK(history("{role: tool, content: {a: 1}, tool_call_id: '1'}, {role: system, content: s}") ==
        problem_list{});
  CHECK(history("{role: assistant, tool_calls: [{id: '1', name: f, arguments: {a: 1}}]}") == problem_list{});
  CHECK(history("{role: narrator, content: x}").size() == 1);
  CHECK(history("{content: x}").size() == 1);
  CHECK(history("{role: user, content: [x]}").at(0).find("has a content that is no text") !=
        std::string::npos);
}

TEST_CASE("A check has exactly one check key") {
  auto const checks = [](std::string const& entry) {
    return problems_of("evaluation: {checks: [" + entry + "]}\n");
  };
  CHECK(
      checks("{of: user}") ==
      problem_list{"f.yaml:4:23: 'checks[0]' says nothing to check, add one key such as mentions: \"4411\""});
  CHECK(checks("{contains: a, equals: b}") ==
        problem_list{
            "f.yaml:4:23: 'checks[0]' has more than one check: contains and equals, make it two entries"});
  CHECK(checks("{mentons: a}").at(0).find("says nothing to check") != std::string::npos);
  CHECK(checks("{mentons: a}").at(1) == "f.yaml:4:24: unknown key 'mentons', did you mean 'mentions'?");
}

TEST_CASE("Every kind of check is read with its options") {
  auto const result = read(with(R"(evaluation:
  checks:
    - {contains: a, of: user, scope: last, name: label}
    - {not_contains: a, scope: {turn: 0}}
    - {equals: a, scope: every}
    - {matches: 'a+'}
    - {not_matches: 'a+'}
    - {mentions: [a, b]}
    - {not_mentions: a}
    - {tool_called: f}
    - {tool_called: {name: f, arguments: {a: 1}, compare_args: [a], times: 2}}
    - {tool_called: {name: f, times: '>= 2'}}
    - {tool_not_called: {name: f}}
    - {ended_by: agent}
    - {max_turns: 3}
    - {turn_latency: 'max <= 1.5s'}
    - {json_schema: {type: object}}
)"));
  CHECK(result.problems == problem_list{});
  REQUIRE(result.value);
  auto const& checks = result.value->latest().evaluation.checks;
  REQUIRE(checks.size() == 15);
  CHECK(checks[0].of == check_side::user);
  CHECK(checks[0].scope.which == message_scope::kind::last);
  CHECK(checks[0].name == "label");
  CHECK(checks[1].scope == message_scope{message_scope::kind::turn, 0});
  CHECK(checks[5].value.dump() == R"(["a","b"])");
  CHECK(checks[7].kind == check_kind::tool_called);
  CHECK(checks[14].scope.which == message_scope::kind::last);
  CHECK(to_text(checks[14].where) == "f.yaml:20:7");
}

TEST_CASE("Values of checks are looked at") {
  auto const wrong = [](std::string const& entry) {
    auto const problems = problems_of("evaluation: {checks: [" + entry + "]}\n");
    return problems.size() == 1;
  };
  CHECK(wrong("{matches: '('}"));
  CHECK(wrong("{matches: '(a)\\1'}"));
  CHECK(wrong("{mentions: []}"));
  CHECK(wrong("{mentions: 4411}"));
  CHECK(wrong("{mentions: [a, 4411]}"));
  CHECK(wrong("{ended_by: nobody}"));
  CHECK(wrong("{max_turns: -1}"));
  CHECK(wrong("{turn_latency: 'p75 < 2s'}"));
  CHECK(wrong("{turn_latency: 'p95 > 2s'}"));
  CHECK(wrong("{turn_latency: 'p95 < 2'}"));
  CHECK(wrong("{json_schema: x}"));
  CHECK(wrong("{contains: a, scope: first}"));
  CHECK(wrong("{contains: a, scope: {turn: -1}}"));
  CHECK(wrong("{contains: a, of: system}"));
  CHECK(wrong("{tool_called: {arguments: {}}}"));
  CHECK(wrong("{tool_called: {name: f, times: many}}"));
}

TEST_CASE("Metrics say which values pass") {
  auto const metrics = [](std::string const& criterion) {
    return problems_of("evaluation: {metrics: [{name: n, metric: m, criterion: " + criterion + "}]}\n");
  };
  CHECK(metrics("{type: boolean, expected_value: true}") == problem_list{});
  CHECK(metrics("{type: numerical, verb: '>=', threshold: 0.5}") == problem_list{});
  CHECK(metrics("{type: categorical, expected_values: [good]}") == problem_list{});
  CHECK(metrics("{type: boolean}").size() == 1);
  CHECK(metrics("{type: numerical, threshold: 1}").size() == 1);
  CHECK(metrics("{type: numerical, verb: '=>', threshold: 1}").size() == 1);
  CHECK(metrics("{type: categorical, expected_values: []}").size() == 1);
}
