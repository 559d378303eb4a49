#include "adapters/cli/line_scorer.hpp"

#include "adapters/formats/input_document.hpp"
#include "adapters/formats/recorded_conversation.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace parley {
namespace {

constexpr std::size_t most_known_bytes = std::size_t{64} << 20;  // of scenario texts; then all are forgotten

std::string joined(input_problems const& problems, input_problem::severity_level wanted) {
  std::string text;
  for (auto const& problem : problems.sorted()) {
    if (problem.severity != wanted) continue;
    if (!text.empty()) text += "; ";
    if (!problem.where.pointer.empty()) text += problem.where.pointer + ": ";
    text += problem.what;
    if (!problem.remedy.empty()) text += ", " + problem.remedy;
  }
  return text;
}

void note_warnings(judged_scenario& into, input_problems const& problems) {
  std::string const name = "scenario '" + into.content->name + "': ";
  auto const warnings = joined(problems, input_problem::severity_level::warning);
  if (!warnings.empty()) into.warnings.push_back(name + warnings);
  if (into.content->latest().evaluation.empty())
    into.warnings.push_back(name + "there are no criteria, so its conversations pass");
}

// Only the latest version takes part, as in a run.
std::shared_ptr<scenario const> trimmed_to_latest(scenario full) {
  if (full.versions.size() > 1) full.versions.erase(full.versions.begin(), full.versions.end() - 1);
  return std::make_shared<scenario const>(std::move(full));
}

std::shared_ptr<judged_scenario const> made_ready(nlohmann::json const& written, action_matching matching) {
  auto ready = std::make_shared<judged_scenario>();
  input_problems problems;
  auto read = read_any_scenario(from_json(written, {{}, 0, 0, "/scenario"}), problems);
  if (read && !problems.has_errors()) {
    ready->content = trimmed_to_latest(std::move(*read));
    ready->criteria.emplace(ready->content->latest().evaluation, matching, problems);
  }
  if (problems.has_errors() || !ready->content) {
    ready->error = joined(problems, input_problem::severity_level::error);
    ready->criteria.reset();
    return ready;
  }
  note_warnings(*ready, problems);
  return ready;
}

}  // namespace

std::shared_ptr<judged_scenario const> line_scorer::scenario_for(nlohmann::json const& written) const {
  std::string key = written.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  {
    std::lock_guard const lock(mutex_);
    if (auto const found = known_.find(key); found != known_.end()) return found->second;
  }
  auto ready = made_ready(written, matching_);
  std::lock_guard const lock(mutex_);
  known_bytes_ += key.size();
  if (known_bytes_ > most_known_bytes) {
    known_.clear();
    known_bytes_ = key.size();
  }
  return known_.try_emplace(std::move(key), std::move(ready)).first->second;
}

outcome<scored_line> line_scorer::score(std::string_view line) const {
  auto const recorded = parse_recorded_line(line);
  if (!recorded) return recorded.error();
  auto by = scenario_for(recorded->scenario());
  if (!by->criteria) return failure(failure_code::invalid_input, by->error);
  auto sealed = recorded_transcript(*recorded, *by->content);
  if (!sealed) return sealed.error();
  scored_line scored;
  scored.id = recorded->id;
  scored.trial = recorded->trial;
  scored.detail.conversation = std::move(*sealed);
  scored.detail.judged = by->criteria->evaluate(scored.detail.conversation);
  scored.outcome = classify(scored.detail.conversation, scored.detail.judged);
  scored.error = error_of(scored.detail.conversation);
  scored.by = std::move(by);
  return scored;
}

}  // namespace parley
