#include "adapters/cli/prune_choice.hpp"

namespace parley {

std::vector<prune_verdict> choose_runs_to_delete(std::vector<local_run> const& runs, prune_rule const& rule,
                                                 wall_time now) {
  std::vector<prune_verdict> verdicts;
  int newer = 0;
  for (auto const& run : runs) {
    auto& verdict = verdicts.emplace_back(prune_verdict::stays);
    if (!run.unreadable.empty()) {
      verdict = prune_verdict::stays_unreadable;  // nobody knows how old it is
      continue;
    }
    bool const among_newest = rule.keep && newer < *rule.keep;
    ++newer;
    if (among_newest || (rule.older_than && now - run.started_at <= *rule.older_than)) continue;
    verdict = run.latest          ? prune_verdict::stays_as_latest
              : run.being_written ? prune_verdict::stays_being_written
                                  : prune_verdict::goes;
  }
  return verdicts;
}

}  // namespace parley
