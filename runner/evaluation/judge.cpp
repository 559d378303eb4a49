#include "runner/evaluation/judge.hpp"

#include "runner/evaluation/metric_value.hpp"
#include "runner/evaluation/tally.hpp"

#include <algorithm>

namespace parley {
namespace {

using boost::asio::awaitable;
using time_point = std::chrono::steady_clock::time_point;

int count(std::vector<judged_answer> const& votes, verdict of) {
  auto const n = std::count_if(votes.begin(), votes.end(), [&](auto const& v) { return v.answer == of; });
  return static_cast<int>(n);
}

bool is_majority(int votes, int of) {
  return votes * 2 > of;
}

std::string listed(std::vector<judged_answer> const& votes) {
  return std::to_string(count(votes, verdict::met)) + " met, " +
         std::to_string(count(votes, verdict::not_met)) + " not met, " +
         std::to_string(count(votes, verdict::undecided)) + " undecided";
}

// `votes` is not empty; `wanted` is how many answers a failure takes.
judged_answer majority_of(std::vector<judged_answer> votes, int wanted) {
  if (votes.size() == 1) return std::move(votes.front());
  for (verdict const winner : {verdict::not_met, verdict::met}) {
    int const agreeing = count(votes, winner);
    if (!is_majority(agreeing, wanted)) continue;
    auto const first =
        std::find_if(votes.begin(), votes.end(), [&](auto const& v) { return v.answer == winner; });
    first->justification +=
        " (" + std::to_string(agreeing) + " of " + std::to_string(votes.size()) + " answers)";
    return std::move(*first);
  }
  return undecided_because("the judge's answers have no majority: " + listed(votes));
}

std::string with_quote(judged_answer const& given) {
  return given.quote.empty() ? given.justification : given.justification + " \"" + given.quote + "\"";
}

}  // namespace

judge::judge(language_model& model, judge_options options) : model_(model), options_(std::move(options)) {}

awaitable<outcome<evaluation>> judge::decide(judge_case const& about, evaluation unjudged) const {
  evaluation all = std::move(unjudged);
  if (!all.scored) co_return all;
  std::vector<judge_line> const lines = judge_lines(*about.sealed, about.redact);
  judge_background known;
  if (about.told != nullptr) known = background_of(*about.told, about.redact);
  for (nl_assertion_result& result : all.nl_assertions) {
    question asked;
    asked.asked = assertion_request(known, lines, result.assertion);
    asked.read = [&lines](model_answer const& answer) { return read_assertion_answer(answer, lines); };
    outcome<judged_answer> const ruled = co_await rule(std::move(asked));
    if (!ruled) co_return ruled.error();
    result.answer = ruled->answer;
    result.quote = ruled->quote;
    result.justification = ruled->justification;
  }
  // The evaluation's metrics stand in the order of their criteria.
  std::size_t const metrics =
      about.success == nullptr ? 0 : std::min(all.metrics.size(), about.success->metrics.size());
  for (std::size_t i = 0; i < metrics; ++i) {
    question asked = metric_question(about.success->metrics[i], known, lines);
    outcome<judged_answer> const ruled = co_await rule(std::move(asked));
    if (!ruled) co_return ruled.error();
    all.metrics[i].answer = ruled->answer;
    all.metrics[i].value = ruled->value;
    all.metrics[i].justification = with_quote(*ruled);
  }
  tally(all);
  co_return all;
}

awaitable<outcome<judged_answer>> judge::rule(question what) const {
  if (!what.settled.empty()) co_return undecided_because(what.settled);
  int const wanted = std::max(options_.confirm_failures, 1);
  std::vector<judged_answer> votes;
  while (static_cast<int>(votes.size()) < wanted) {
    outcome<judged_answer> once = co_await ask_once(what, static_cast<int>(votes.size()));
    if (!once) co_return once.error();
    votes.push_back(std::move(*once));
    if (votes.front().answer != verdict::not_met) break;
    if (is_majority(count(votes, verdict::not_met), wanted)) break;
    if (is_majority(count(votes, verdict::met), wanted)) break;
  }
  co_return majority_of(std::move(votes), wanted);
}

awaitable<outcome<judged_answer>> judge::ask_once(question const& what, int attempt) const {
  model_request request = what.asked;
  request.seed = options_.seed + static_cast<std::uint64_t>(attempt);
  outcome<model_answer> const answer = co_await model_.ask(request, time_point::max());
  if (!answer) {
    failure_code const code = answer.error().code;
    if (code == failure_code::cancelled || code == failure_code::not_recorded) co_return answer.error();
    co_return undecided_because("the judge's model failed: " + answer.error().detail);
  }
  co_return what.read(*answer);
}

judge::question judge::metric_question(metric_criterion const& wanted, judge_background const& known,
                                       std::vector<judge_line> const& lines) const {
  question what;
  metric_definition const* const metric = find_metric(wanted.metric);
  if (metric == nullptr) {
    what.settled = "the metric '" + wanted.metric + "' is not declared";
    return what;
  }
  what.settled = why_incomparable(*metric, wanted.criterion);
  if (!what.settled.empty()) return what;
  what.asked = metric_request(known, lines, *metric);
  what.read = [&lines, metric, criterion = wanted.criterion](model_answer const& answer) {
    return read_metric_answer(answer, lines, *metric, criterion);
  };
  return what;
}

metric_definition const* judge::find_metric(std::string const& name_or_id) const {
  for (metric_definition const& metric : options_.metrics)
    if (metric.name == name_or_id) return &metric;
  for (metric_definition const& metric : options_.metrics)
    if (!metric.id.empty() && metric.id == name_or_id) return &metric;
  return nullptr;
}

}  // namespace parley
