#include "runner/conversation/action_mocks.hpp"

#include "runner/evaluation/call_match.hpp"

namespace parley {
namespace {

tool_result result_of(tool_call const& call, json_value content, bool is_error, answered_by source) {
  tool_result result;
  result.id = call.id;
  result.name = call.name;
  result.content = std::move(content);
  result.is_error = is_error;
  result.source = source;
  return result;
}

}  // namespace

tool_result answer_call(tool_call const& call, std::map<std::string, action_mock> const& mocks) {
  auto const mock = mocks.find(call.name);
  if (mock == mocks.end())
    return result_of(call, json_value::of_string("no mock for action " + call.name), true,
                     answered_by::nobody);
  for (mock_case const& candidate : mock->second.cases) {
    if (arguments_match(candidate.arguments, candidate.compare_args, call.arguments))
      return result_of(call, candidate.return_value, candidate.is_error, answered_by::mock);
  }
  return result_of(call, mock->second.default_return_value, mock->second.default_is_error, answered_by::mock);
}

}  // namespace parley
