// A language model that answers from a list and keeps every request.
#pragma once

#include "runner/ports/language_model.hpp"

#include <deque>
#include <functional>
#include <string>
#include <vector>

namespace parley::test {

model_answer answering(std::string text);
model_answer calling_tool(std::string name, json_value arguments = {}, std::string id = "t1");

// Answers in order; a request beyond the list is a failure that says so. Every answer uses up one request,
// 10 tokens in and 5 out, unless it brings its own figures.
class scripted_model final : public language_model {
 public:
  void then(std::string text) { then(answering(std::move(text))); }
  void then(model_answer answer) { answers_.emplace_back(std::move(answer)); }
  void then_fails(failure_code code, std::string detail) { answers_.emplace_back(failure(code, detail)); }

  boost::asio::awaitable<outcome<model_answer>> ask(model_request const& request,
                                                    std::chrono::steady_clock::time_point deadline) override;

  std::function<void()> before_answer;
  std::vector<model_request> requests;
  std::vector<std::chrono::steady_clock::time_point> deadlines;
  std::size_t left() const { return answers_.size(); }

 private:
  std::deque<outcome<model_answer>> answers_;
};

}  // namespace parley::test
