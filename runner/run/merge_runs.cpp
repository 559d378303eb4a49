#include "runner/run/merge_runs.hpp"

#include "runner/amount_text.hpp"
#include "runner/run/shard_fit.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <tuple>
#include <unordered_map>

namespace parley {
namespace {

// Asks the shard that held the cell.
class shard_details final : public trial_details {
 public:
  void add(cell_id const& id, std::shared_ptr<trial_details const> from) {
    by_cell_.emplace(id, std::move(from));
  }
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

// A version that shards do not agree on weakens every verdict.
void add_versions(run_record& whole, run_record const& shard) {
  for (auto const& [name, version] : shard.facts.versions) {
    auto const [known, added] = whole.facts.versions.emplace(name, version);
    if (!added && known->second != version)
      append_new(whole.warnings,
                 {name + " was " + known->second + " in one shard, " + version + " in another"});
  }
}

void add_facts(run_record& whole, run_record const& shard) {
  whole.facts.configuration.insert(shard.facts.configuration.begin(), shard.facts.configuration.end());
  whole.facts.started_at = std::min(whole.facts.started_at, shard.facts.started_at);
  add_versions(whole, shard);
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

// A flag of the typed words that belongs to one shard alone, with or without its value.
enum class shard_flag { no, alone, with_value };

shard_flag belongs_to_shard(std::string const& word) {
  for (char const* const flag : {"--shard", "--output-dir", "--junit", "--html", "--events", "--reporter"}) {
    if (word == flag) return shard_flag::with_value;
    if (word.starts_with(std::string(flag) + "=")) return shard_flag::alone;
  }
  return word == "--github" ? shard_flag::alone : shard_flag::no;
}

// What would have held the whole run: without the part, and the places of its reports.
std::vector<std::string> whole_command(std::vector<std::string> const& typed) {
  std::vector<std::string> kept;
  for (std::size_t i = 0; i < typed.size(); ++i) {
    auto const flag = belongs_to_shard(typed[i]);
    if (flag == shard_flag::with_value) ++i;
    if (flag == shard_flag::no) kept.push_back(typed[i]);
  }
  return kept;
}

std::pair<int, int> numbers_of(std::string const& shard) {
  auto const slash = shard.find('/');
  return {std::atoi(shard.c_str()), slash == shard.npos ? 0 : std::atoi(shard.c_str() + slash + 1)};
}

std::vector<std::string> missing_of(std::vector<run_record> const& shards) {
  auto const count = numbers_of(shards.front().facts.shard).second;
  std::set<int> there;
  for (auto const& shard : shards) there.insert(numbers_of(shard.facts.shard).first);
  std::vector<std::string> missing;
  for (int number = 1; number <= count; ++number)
    if (!there.contains(number)) missing.push_back(std::to_string(number) + "/" + std::to_string(count));
  return missing;
}

run_facts facts_of_all(std::vector<run_record> const& shards) {
  auto const first = std::min_element(shards.begin(), shards.end(), [](auto const& a, auto const& b) {
    return std::tie(a.facts.started_at, a.facts.id.value) < std::tie(b.facts.started_at, b.facts.id.value);
  });
  run_facts facts = shards.front().facts;
  facts.id = run_id(first->facts.id.value + "-merged");
  facts.command = whole_command(facts.command);
  facts.shard.clear();
  facts.directory.clear();
  for (auto const& shard : shards) facts.merged_from.push_back(shard.facts.id.value);
  return facts;
}

// A shard that had no cell left no run, so only missing cells tell that one is missing.
void note_missing(run_record& whole, std::vector<std::string> missing) {
  auto const count = missing_cells(whole);
  if (count == 0) return;
  std::string named;
  for (auto const& shard : missing) named += (named.empty() ? "" : ", ") + shard;
  whole.warnings.push_back(std::to_string(count) + " of " + counted(whole.facts.cells_of_all_shards, "cell") +
                           (count == 1 ? " is" : " are") + " in none of these runs: was shard " + named +
                           " left out, or lost?");
  whole.facts.missing_shards = std::move(missing);
}

}  // namespace

outcome<run_record> merge_runs(std::vector<run_record> shards) {
  if (auto const why = why_not_shards(shards); !why.empty()) return failure(failure_code::invalid_input, why);
  std::sort(shards.begin(), shards.end(), [](auto const& a, auto const& b) {
    return numbers_of(a.facts.shard) < numbers_of(b.facts.shard);
  });
  auto details = std::make_shared<shard_details>();
  run_record whole = shards.front();
  whole.cells.clear();
  whole.against.reset();
  whole.facts = facts_of_all(shards);
  for (run_record& shard : shards) {
    for (cell_record& record : shard.cells) {
      details->add(record.planned->id, shard.details);
      whole.cells.push_back(std::move(record));
    }
    add_facts(whole, shard);
  }
  std::stable_sort(whole.cells.begin(), whole.cells.end(), [](cell_record const& a, cell_record const& b) {
    return a.planned->place < b.planned->place;
  });
  note_missing(whole, missing_of(shards));
  whole.details = std::move(details);
  return whole;
}

}  // namespace parley
