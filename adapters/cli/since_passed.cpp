#include "adapters/cli/since_passed.hpp"

#include "adapters/cli/run_history.hpp"
#include "adapters/storage/journal_contents.hpp"
#include "adapters/storage/journal_ends.hpp"
#include "adapters/storage/run_directory.hpp"
#include "adapters/storage/run_folders.hpp"
#include "reports/redaction.hpp"
#include "runner/statistics/changed_inputs.hpp"
#include "runner/statistics/measure_run.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>

namespace parley {
namespace {

constexpr std::size_t most_folders = 50;                          // that are looked at, the newest
constexpr int most_journals = 10;                                 // that are read
constexpr std::uintmax_t most_bytes = std::uintmax_t{256} << 20;  // of journals altogether

struct earlier_run {
  std::string directory;
  wall_time started_at{};
  history_entry const* known = nullptr;  // null: the history does not have it
};

std::set<cell_id> red_cells(run_record const& run) {
  std::set<cell_id> red;
  for (auto const& cell : run.cells) {
    bool const bad =
        cell.outcome == cell_outcome::failed || cell.outcome == cell_outcome::errored || cell.flaky;
    if (bad && !cell.planned->quarantine) red.insert(cell.planned->id);
  }
  return red;
}

class passed_run_finder {
 public:
  passed_run_finder(settings const& from, run_record const& run)
      : from_(from),
        run_(run),
        mask_(from.secrets),
        history_(remembered_runs(from.project_root)),
        red_(red_cells(run)) {}

  std::vector<changed_since> find() {
    if (red_.empty()) return {};
    auto const earlier = earlier_runs();
    for (auto const& one : earlier) {
      if (red_.empty()) break;
      if (one.known != nullptr && all_red_in(*one.known)) continue;
      if (!may_read(one)) break;
      look_into(one);
    }
    return std::move(found_);
  }

 private:
  // Newest first. Names of folders begin with a time, in seconds.
  std::vector<earlier_run> earlier_runs() const {
    std::map<std::string, history_entry const*> known;
    for (auto const& entry : *history_) known[entry.id] = &entry;
    auto const folders = find_run_folders(from_.project_root).runs;
    std::vector<earlier_run> earlier;
    for (auto folder = folders.rbegin(); folder != folders.rend(); ++folder) {
      if (earlier.size() == most_folders) break;
      auto const entry = known.find(folder->name);
      earlier_run one{folder->path, {}, entry == known.end() ? nullptr : entry->second};
      if (folder->name == run_.facts.id.value || !take_start(one)) continue;
      if (one.started_at < run_.facts.started_at) earlier.push_back(one);
    }
    std::stable_sort(earlier.begin(), earlier.end(),
                     [](auto const& a, auto const& b) { return a.started_at > b.started_at; });
    return earlier;
  }

  static bool take_start(earlier_run& of) {
    if (of.known != nullptr) {
      of.started_at = of.known->started_at;
      return true;
    }
    auto const ends = read_journal_ends(journal_path(of.directory));
    if (ends) of.started_at = ends->facts.started_at;
    return ends.has_value();
  }

  bool all_red_in(history_entry const& entry) const {
    return std::all_of(red_.begin(), red_.end(),
                       [&](cell_id const& id) { return entry.not_passed.count(id.value) != 0; });
  }

  bool may_read(earlier_run const& one) {
    std::error_code unknown;
    auto const size = std::filesystem::file_size(journal_path(one.directory), unknown);
    bytes_ += unknown ? 0 : size;
    return ++journals_ <= most_journals && bytes_ <= most_bytes;
  }

  void look_into(earlier_run const& one) {
    auto read = read_journal(journal_path(one.directory));
    if (!read) return;
    read->record.facts.directory = one.directory;
    std::vector<cell_id> cells;
    for (auto const& cell : read->record.cells)
      if (cell.outcome == cell_outcome::passed && !cell.flaky && red_.erase(cell.planned->id) != 0)
        cells.push_back(cell.planned->id);
    if (cells.empty()) return;
    if (!now_) now_ = measured(run_);
    found_.push_back(changes_since(measured(read->record), *now_, cells));
  }

  measured_run measured(run_record const& run) const {
    return measure_run(run, [this](std::string text) { return mask_(std::move(text)); });
  }

  settings const& from_;
  run_record const& run_;
  redaction mask_;
  std::shared_ptr<std::vector<history_entry> const> history_;
  std::set<cell_id> red_;  // that no earlier run was found for yet
  std::optional<measured_run> now_;
  std::vector<changed_since> found_;
  int journals_ = 0;
  std::uintmax_t bytes_ = 0;
};

}  // namespace

void find_changes_since_passed(settings const& from, run_record& run) {
  if (run.against || red_cells(run).empty()) return;
  auto found = passed_run_finder(from, run).find();
  if (!found.empty()) run.since_passed = std::make_shared<std::vector<changed_since> const>(std::move(found));
}

}  // namespace parley
