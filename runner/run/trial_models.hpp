// Language models as one trial uses them: their requests say which conversation they belong to, an answer has
// the limit of its role, and what they use up is told and counted, whatever becomes of the trial.
#pragma once

#include "runner/ports/language_model.hpp"
#include "runner/ports/time_source.hpp"
#include "runner/trial_identity.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace parley {

// How long one answer may take, asked again and waiting for the endpoint included.
struct answer_limit {
  std::optional<std::chrono::milliseconds> longest;  // nullopt: as long as the conversation has time
  std::string answers;                               // what is limited: "question"
  std::string setting;                               // where it is set: "judge.timeout"
};

answer_limit limit_of_user(std::optional<std::chrono::milliseconds> longest);
answer_limit limit_of_judge(std::chrono::milliseconds longest);

// Borrows the model, the payment and the time; the trial goes before them.
class trial_model final : public language_model {
 public:
  using payment = std::function<void(trial_identity const&, spending const&)>;
  trial_model(language_model& shared, trial_identity of, payment const& pay, time_source const& time,
              answer_limit limit);

  boost::asio::awaitable<outcome<model_answer>> ask(model_request const& request,
                                                    std::chrono::steady_clock::time_point deadline) override;

  spending const& spent() const { return spent_; }

 private:
  failure limit_passed(failure const& why) const;

  language_model& shared_;
  trial_identity of_;
  payment const& pay_;
  time_source const& time_;
  answer_limit limit_;
  spending spent_;
};

}  // namespace parley
