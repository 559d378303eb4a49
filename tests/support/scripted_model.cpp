#include "tests/support/scripted_model.hpp"

namespace parley::test {

model_answer answering(std::string text) {
  model_answer answer;
  answer.text = std::move(text);
  answer.used.requests = 1;
  answer.used.input_tokens = 10;
  answer.used.output_tokens = 5;
  return answer;
}

model_answer calling_tool(std::string name, json_value arguments, std::string id) {
  model_answer answer = answering({});
  tool_call call;
  call.id = std::move(id);
  call.name = std::move(name);
  call.arguments = std::move(arguments);
  answer.tool_calls.push_back(std::move(call));
  return answer;
}

boost::asio::awaitable<outcome<model_answer>> scripted_model::ask(
    model_request const& request, std::chrono::steady_clock::time_point deadline) {
  requests.push_back(request);
  deadlines.push_back(deadline);
  if (before_answer) before_answer();
  if (answers_.empty()) co_return failure(failure_code::agent_protocol, "the test has no more answers");
  outcome<model_answer> answer = std::move(answers_.front());
  answers_.pop_front();
  co_return answer;
}

}  // namespace parley::test
