// Short transcripts and criteria, written as the tests of the evaluation need them.
#pragma once

#include "runner/conversation/transcript.hpp"
#include "runner/evaluation/evaluate_transcript.hpp"

#include <nlohmann/json.hpp>

#include <stdexcept>
#include <string>
#include <vector>

namespace parley::test {

inline message said(role from, std::string content, int turn) {
  message m;
  m.from = from;
  m.content = std::move(content);
  m.turn = turn;
  return m;
}

inline tool_call called(std::string name, nlohmann::json arguments, requestor by = requestor::assistant) {
  tool_call call;
  call.name = std::move(name);
  call.arguments = json_value(std::move(arguments));
  call.by = by;
  return call;
}

inline message calling(std::vector<tool_call> calls, int turn = 1) {
  message m = said(role::agent, {}, turn);
  m.tool_calls = std::move(calls);
  return m;
}

inline transcript conversation(std::vector<message> messages) {
  transcript t;
  t.messages = std::move(messages);
  t.stopped = stop_reason::user_ended;
  for (auto const& m : t.messages)
    if (!m.from_history && (m.from == role::user || m.from == role::event)) ++t.interactions;
  return t;
}

// One agent message in turn 1.
inline transcript one_reply(std::string text) {
  return conversation({said(role::user, "Hello", 1), said(role::agent, std::move(text), 1)});
}

inline check check_of(check_kind kind, nlohmann::json value, message_scope scope = {},
                      check_side of = check_side::agent) {
  check c;
  c.kind = kind;
  c.value = json_value(std::move(value));
  c.scope = scope;
  c.of = of;
  return c;
}

inline constexpr message_scope every{message_scope::kind::every, 0};
inline constexpr message_scope last{message_scope::kind::last, 0};
inline constexpr message_scope turn(int n) {
  return {message_scope::kind::turn, n};
}

inline compiled_criteria ready(criteria const& source, action_matching matching = action_matching::exact) {
  input_problems problems;
  compiled_criteria compiled(source, matching, problems);
  if (problems.has_errors()) throw std::runtime_error(to_text(problems.sorted().front()));
  return compiled;
}

inline check_result result_of(check const& one, transcript const& sealed) {
  criteria source;
  source.checks.push_back(one);
  return ready(source).evaluate(sealed).checks.at(0);
}

inline verdict answer(check const& one, transcript const& sealed) {
  return result_of(one, sealed).answer;
}

inline std::vector<input_problem> problems_of(check const& one) {
  criteria source;
  source.checks.push_back(one);
  input_problems problems;
  compiled_criteria const compiled(source, action_matching::exact, problems);
  return problems.sorted();
}

inline expected_action expecting(std::string name, nlohmann::json arguments,
                                 std::optional<std::vector<std::string>> compare_args = std::nullopt,
                                 requestor by = requestor::assistant) {
  expected_action action;
  action.call.name = std::move(name);
  action.call.arguments = json_value(std::move(arguments));
  action.call.compare_args = std::move(compare_args);
  action.by = by;
  return action;
}

}  // namespace parley::test
