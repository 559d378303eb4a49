#include "runner/run/token_estimate.hpp"

#include "runner/conversation/user_prompt.hpp"

#include <algorithm>
#include <cstdint>

namespace parley {
namespace {

constexpr std::int64_t bytes_per_token = 4;
constexpr std::int64_t line_tokens = 40;    // of one thing said
constexpr std::int64_t answer_tokens = 60;  // a line with the words around it
constexpr std::int64_t ruling_tokens = 120;
constexpr std::int64_t judge_prompt = 500;
constexpr int usual_interactions = 6;

std::int64_t tokens_in(std::string const& text) {
  return static_cast<std::int64_t>(text.size()) / bytes_per_token;
}

// One speaker who is shown everything before each of its lines.
spending speaker(std::int64_t prompt, std::int64_t lines) {
  spending used;
  used.requests = lines;
  used.input_tokens = lines * prompt + line_tokens * lines * (lines - 1);  // two lines more each time
  used.output_tokens = lines * answer_tokens;
  return used;
}

spending times(spending one, int factor) {
  one.requests *= factor;
  one.input_tokens *= factor;
  one.output_tokens *= factor;
  return one;
}

class estimator {
 public:
  estimator(cell const& of, bool judged, bool agent_is_model)
      : of_(of), judged_(judged), agent_is_model_(agent_is_model) {}

  party_spending at(int interactions) const {
    party_spending used;
    auto const& told = of_.scenario_content();
    auto const texts = tokens_in(told.objective) + tokens_in(told.instructions);
    if (!told.script)
      used.user = times(speaker(static_cast<std::int64_t>(user_prompt_rules().size()) / bytes_per_token +
                                    texts + tokens_in(of_.persona_content().background),
                                interactions + 1),
                        of_.trials);
    if (agent_is_model_) used.agent = times(speaker(texts, interactions), of_.trials);
    if (judged_) used.judge = times(judge(interactions), of_.trials);
    return used;
  }

 private:
  spending judge(int interactions) const {
    spending used;
    used.requests = static_cast<std::int64_t>(of_.success.nl_assertions.size() + of_.success.metrics.size());
    used.input_tokens = used.requests * (judge_prompt + 2 * line_tokens * interactions);
    used.output_tokens = used.requests * ruling_tokens;
    return used;
  }

  cell const& of_;
  bool judged_;
  bool agent_is_model_;
};

}  // namespace

token_estimate estimate_tokens(std::vector<std::shared_ptr<cell const>> const& cells, bool judged,
                               std::function<bool(std::string const&)> const& agent_is_model) {
  token_estimate all;
  for (auto const& planned : cells) {
    if (planned->skip) continue;
    estimator const one(*planned, judged, agent_is_model(planned->agent));
    int const longest = planned->limits.max_interactions;
    all.usual += one.at(std::min(usual_interactions, longest));
    all.most += one.at(longest);
  }
  return all;
}

}  // namespace parley
