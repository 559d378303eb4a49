#include "runner/run/trial_models.hpp"

#include "runner/amount_text.hpp"

#include <algorithm>

namespace parley {

namespace {

// A replayed answer takes the time that was measured around it, a little less than what was waited for.
constexpr std::chrono::milliseconds measured_short{10};

}  // namespace

answer_limit limit_of_user(std::optional<std::chrono::milliseconds> longest) {
  return {longest, "line", "simulated_user.timeout"};
}

answer_limit limit_of_judge(std::chrono::milliseconds longest) {
  return {longest, "question", "judge.timeout"};
}

trial_model::trial_model(language_model& shared, trial_identity of, payment const& pay,
                         time_source const& time, answer_limit limit)
    : shared_(shared), of_(std::move(of)), pay_(pay), time_(time), limit_(std::move(limit)) {}

boost::asio::awaitable<outcome<model_answer>> trial_model::ask(
    model_request const& request, std::chrono::steady_clock::time_point deadline) {
  model_request mine = request;
  mine.asked_in = of_;
  auto const own = limit_.longest ? time_.now() + *limit_.longest : deadline;
  outcome<model_answer> answer = co_await shared_.ask(mine, std::min(own, deadline));
  if (answer) spent_ += answer->used;
  if (answer && pay_) pay_(of_, answer->used);
  bool const late = answer.has_error() && answer.error().code == failure_code::agent_timeout;
  if (late && own < deadline && time_.now() + measured_short >= own) co_return limit_passed(answer.error());
  co_return answer;
}

failure trial_model::limit_passed(failure const& why) const {
  return {why.code, "its limit of " + limit_text(*limit_.longest) + " per " + limit_.answers + " (" +
                        limit_.setting + ") has passed: " + why.detail};
}

}  // namespace parley
