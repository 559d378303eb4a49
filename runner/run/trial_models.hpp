// Language models as one trial uses them: their requests say which conversation they belong to, and what
// they use up is told and counted, whatever becomes of the trial.
#pragma once

#include "runner/ports/language_model.hpp"
#include "runner/trial_identity.hpp"

#include <functional>

namespace parley {

// Borrows everything; the trial goes before it.
class trial_model final : public language_model {
 public:
  using payment = std::function<void(trial_identity const&, spending const&)>;
  trial_model(language_model& shared, trial_identity of, payment const& pay)
      : shared_(shared), of_(std::move(of)), pay_(pay) {}

  boost::asio::awaitable<outcome<model_answer>> ask(model_request const& request,
                                                    std::chrono::steady_clock::time_point deadline) override {
    model_request mine = request;
    mine.asked_in = of_;
    outcome<model_answer> answer = co_await shared_.ask(mine, deadline);
    if (answer) spent_ += answer->used;
    if (answer && pay_) pay_(of_, answer->used);
    co_return answer;
  }

  spending const& spent() const { return spent_; }

 private:
  language_model& shared_;
  trial_identity of_;
  payment const& pay_;
  spending spent_;
};

}  // namespace parley
