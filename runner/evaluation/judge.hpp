// Answers the criteria that need judgement: each assertion and each metric is one question of its own to a
// language model, about a transcript that nothing changes any more.
#pragma once

#include "runner/conversation/transcript.hpp"
#include "runner/evaluation/judge_answer.hpp"
#include "runner/evaluation/judge_prompt.hpp"
#include "runner/evaluation/verdict.hpp"
#include "runner/failure.hpp"
#include "runner/inputs/criteria.hpp"
#include "runner/ports/language_model.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace parley {

struct judge_options {
  int confirm_failures = 1;                // answers in all that a "not met" takes; their majority counts
  std::uint64_t seed = 1;                  // of the first answer to every question; the next ones count up
  std::vector<metric_definition> metrics;  // those that criteria may name
};

// One trial to be judged. Pointers are borrowed and outlive the awaited call.
struct judge_case {
  transcript const* sealed = nullptr;
  criteria const* success = nullptr;  // what the evaluation was made from: gives the metrics' criteria
  scenario const* told = nullptr;     // null: nothing is known beside the transcript
  text_redaction redact;              // takes secrets out of whatever the judge is shown; may be empty
};

class judge {
 public:
  // `model` is borrowed and outlives the judge. It has its own limit for an answer, and counts what is spent.
  judge(language_model& model, judge_options options);

  // Fills the assertions and metrics of `unjudged` and adds up the tally again. One that isn't scored comes
  // back as it was. `about` stays alive until the awaited call returns. A model that
  // fails leaves its question undecided; the only failures are `cancelled` and `not_recorded`. Concurrent
  // calls are independent.
  boost::asio::awaitable<outcome<evaluation>> decide(judge_case const& about, evaluation unjudged) const;

 private:
  struct question {
    model_request asked;
    std::function<judged_answer(model_answer const&)> read;
    std::string settled;  // why there is nothing to ask; empty = ask
  };
  boost::asio::awaitable<outcome<judged_answer>> rule(question what) const;
  boost::asio::awaitable<outcome<judged_answer>> ask_once(question const& what, int attempt) const;
  question metric_question(metric_criterion const& wanted, judge_background const& known,
                           std::vector<judge_line> const& lines) const;
  metric_definition const* find_metric(std::string const& name_or_id) const;

  language_model& model_;
  judge_options options_;
};

}  // namespace parley
