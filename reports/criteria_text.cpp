#include "reports/criteria_text.hpp"

#include "reports/transcript_text.hpp"
#include "reports/utf8_text.hpp"

#include <algorithm>
#include <set>

namespace parley {
namespace {

constexpr std::size_t longest_evidence = 600;  // code points; the whole text stands in the transcript

std::string with_value(std::string text, std::string const& value) {
  return value.empty() ? text : std::move(text) + " " + value;
}

criterion_line line_of(action_result const& action) {
  auto const arguments = action.arguments.is_null() ? std::string() : action.arguments.dump();
  return {action.match ? verdict::met : verdict::not_met, with_value("action " + action.name, arguments),
          action.evidence, std::nullopt};
}

criterion_line line_of(check_result const& check) {
  auto text = with_value(check.check, check.expected);
  if (!check.name.empty()) text = check.name + ": " + text;
  return {check.answer, std::move(text), check.evidence, check.turn};
}

criterion_line line_of(nl_assertion_result const& assertion) {
  auto evidence = assertion.justification;
  if (!assertion.quote.empty()) evidence = with_value("\"" + assertion.quote + "\"", evidence);
  return {assertion.answer, "nl_assertion \"" + assertion.assertion + "\"", evidence, std::nullopt};
}

criterion_line line_of(metric_result const& metric) {
  auto text = "metric \"" + metric.name + "\"";
  if (!metric.value.is_null()) text += " = " + metric.value.dump();
  return {metric.answer, std::move(text), metric.justification, std::nullopt};
}

std::string_view mark_of(verdict answer) {
  switch (answer) {
    case verdict::met:
      return "  met        ";
    case verdict::not_met:
      return "  not met    ";
    case verdict::undecided:
      break;
  }
  return "  undecided  ";
}

std::string one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

}  // namespace

std::vector<criterion_line> list_criteria(evaluation const& judged, bool bad_first) {
  std::vector<criterion_line> lines;
  for (auto const& one : judged.actions) lines.push_back(line_of(one));
  for (auto const& one : judged.checks) lines.push_back(line_of(one));
  for (auto const& one : judged.nl_assertions) lines.push_back(line_of(one));
  for (auto const& one : judged.metrics) lines.push_back(line_of(one));
  auto const rank = [](criterion_line const& line) {
    return line.answer == verdict::not_met ? 0 : line.answer == verdict::undecided ? 1 : 2;
  };
  if (bad_first)
    std::stable_sort(lines.begin(), lines.end(),
                     [&](auto const& a, auto const& b) { return rank(a) < rank(b); });
  return lines;
}

std::string criteria_lines(evaluation const& judged) {
  std::string out;
  for (auto const& line : list_criteria(judged)) {
    out += mark_of(line.answer);
    out += one_line(line.text) + "\n";
    if (line.evidence.empty()) continue;
    out += "             ";
    if (line.turn) out += "turn " + std::to_string(*line.turn) + ": ";
    out += one_line(shortened(line.evidence, longest_evidence)) + "\n";
  }
  return out;
}

std::string offending_turns(evaluation const& judged, transcript const& sealed, std::size_t most) {
  std::set<int> turns;
  for (auto const& line : list_criteria(judged))
    if (line.answer == verdict::not_met && line.turn && turns.size() < most) turns.insert(*line.turn);
  std::string out;
  for (int const turn : turns) out += turn_lines(sealed, turn);
  return out;
}

}  // namespace parley
