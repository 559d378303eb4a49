#include "runner/run/merge_runs.hpp"

#include "runner/amount_text.hpp"

#include <algorithm>
#include <unordered_map>

namespace parley {
namespace {

// Asks the shard that held the cell.
class shard_details final : public trial_details {
 public:
  void add(cell_id const& id, std::shared_ptr<trial_details const> from) {
    by_cell_.emplace(id, std::move(from));
  }
  bool knows(cell_id const& id) const { return by_cell_.contains(id); }
  std::shared_ptr<trial_detail const> load(cell_id const& id, trial_record const& trial) const override {
    return by_cell_.at(id)->load(id, trial);
  }

 private:
  std::unordered_map<cell_id, std::shared_ptr<trial_details const>> by_cell_;
};

template <class T>
void append_new(std::vector<T>& into, std::vector<T> const& more) {
  for (T const& one : more)
    if (std::find(into.begin(), into.end(), one) == into.end()) into.push_back(one);
}

void add_facts(run_record& whole, run_record const& shard) {
  whole.facts.started_at = std::min(whole.facts.started_at, shard.facts.started_at);
  whole.facts.versions.insert(shard.facts.versions.begin(), shard.facts.versions.end());
  whole.facts.fail_on_flaky = whole.facts.fail_on_flaky || shard.facts.fail_on_flaky;
  whole.facts.max_error_rate = std::max(whole.facts.max_error_rate, shard.facts.max_error_rate);
  whole.finished_at = std::max(whole.finished_at, shard.finished_at);
  whole.wall = std::max(whole.wall, shard.wall);
  if (whole.interrupted_by == 0) whole.interrupted_by = shard.interrupted_by;
  whole.over_budget = whole.over_budget || shard.over_budget;
  whole.complete = whole.complete && shard.complete;
  append_new(whole.warnings, shard.warnings);
  append_new(whole.internal_errors, shard.internal_errors);
}

}  // namespace

outcome<run_record> merge_runs(std::vector<run_record> shards) {
  if (shards.empty()) return failure(failure_code::invalid_input, "there is nothing to merge");
  auto details = std::make_shared<shard_details>();
  run_record whole = shards.front();
  whole.cells.clear();
  whole.facts.shard.clear();
  whole.against.reset();
  for (run_record& shard : shards) {
    if (shard.facts.seed != whole.facts.seed)
      return failure(failure_code::invalid_input, "the runs " + whole.facts.id.value + " and " +
                                                      shard.facts.id.value +
                                                      " have different seeds: they are no shards of one run");
    for (cell_record& record : shard.cells) {
      if (details->knows(record.planned->id))
        return failure(failure_code::invalid_input,
                       "cell " + record.planned->id.value +
                           " stands in two of the runs: every cell belongs to one shard");
      details->add(record.planned->id, shard.details);
      whole.cells.push_back(std::move(record));
    }
    add_facts(whole, shard);
  }
  std::stable_sort(whole.cells.begin(), whole.cells.end(), [](cell_record const& a, cell_record const& b) {
    return a.planned->place < b.planned->place;
  });
  std::size_t const expected = whole.facts.cells_of_all_shards;
  whole.facts.cells_of_all_shards = 0;
  if (whole.cells.size() < expected) {
    whole.complete = false;
    whole.warnings.push_back(std::to_string(expected - whole.cells.size()) + " of " +
                             counted(expected, "cell") +
                             " are in none of these runs: was a shard left out, or lost?");
  }
  whole.details = std::move(details);
  return whole;
}

}  // namespace parley
