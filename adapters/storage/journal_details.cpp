#include "adapters/storage/journal_details.hpp"

#include "adapters/storage/journal_line.hpp"
#include "reports/event_lines.hpp"

#include <fcntl.h>

#include <algorithm>

namespace parley {

journal_index::place const* journal_index::find(cell_id const& cell, int trial, int attempt) const {
  auto const of_cell = places_.find(cell);
  if (of_cell == places_.end()) return nullptr;
  auto const& places = of_cell->second;
  auto const last = std::find_if(places.rbegin(), places.rend(), [&](place const& one) {
    return one.trial == trial && one.attempt == attempt;
  });
  return last == places.rend() ? nullptr : &*last;
}

outcome<std::shared_ptr<journal_details const>> journal_details::open(
    std::string const& path, std::shared_ptr<journal_index const> index) {
  file_descriptor opened(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!opened.is_open()) return failure{failure_code::unreadable, system_error_text("opening", path)};
  return std::shared_ptr<journal_details const>(
      std::make_shared<journal_details>(std::move(opened), std::move(index)));
}

outcome<trial_detail> journal_details::read(journal_index::place const& where) const {
  std::string line;
  if (!file_.read_at(line, where.offset, where.length))
    return failure{failure_code::unreadable, system_error_text("reading", "the journal")};
  auto const members = checked_members(line);
  if (!std::holds_alternative<std::string_view>(members))
    return failure{failure_code::unreadable, "its line in the journal was changed"};
  return read_event_detail(std::get<std::string_view>(members));
}

std::shared_ptr<trial_detail const> journal_details::load(cell_id const& cell,
                                                          trial_record const& trial) const {
  if (trial.detail) return trial.detail;
  auto lost = std::make_shared<trial_detail>();
  auto const* const where = index_->find(cell, trial.trial, trial.attempt);
  if (!where) {
    lost->conversation.notes.emplace_back("nothing of this attempt is recorded");
    return lost;
  }
  auto detail = read(*where);
  if (detail) return std::make_shared<trial_detail const>(std::move(*detail));
  lost->conversation.notes.push_back("the record of this attempt is lost: " + detail.error().detail);
  return lost;
}

}  // namespace parley
