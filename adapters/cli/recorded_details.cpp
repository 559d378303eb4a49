#include "adapters/cli/recorded_details.hpp"

#include <fstream>

namespace parley {
namespace {

std::shared_ptr<trial_detail const> lost() {
  auto detail = std::make_shared<trial_detail>();
  detail->conversation.notes.emplace_back("the conversation could not be read again from its file");
  return detail;
}

}  // namespace

bool recorded_details::add(std::string const& id, int trial, std::string const* file, std::uint64_t offset,
                           std::size_t length) {
  return places_.try_emplace(key(id, trial), place{file, offset, length, nullptr}).second;
}

void recorded_details::keep(std::string const& id, int trial, trial_detail detail) {
  places_[key(id, trial)].kept = std::make_shared<trial_detail const>(std::move(detail));
}

std::shared_ptr<trial_detail const> recorded_details::load(cell_id const& cell,
                                                           trial_record const& trial) const {
  auto const found = places_.find(key(cell.value, trial.trial));
  if (found == places_.end()) return lost();
  place const& at = found->second;
  if (at.kept) return at.kept;
  std::ifstream in(*at.file, std::ios::binary);
  std::string line(at.length, '\0');
  in.seekg(static_cast<std::streamoff>(at.offset));
  if (!in.read(line.data(), static_cast<std::streamsize>(line.size()))) return lost();
  auto scored = scorer_.score(line);
  if (!scored || scored->id != cell.value) return lost();
  mask_.apply(scored->detail);
  return std::make_shared<trial_detail const>(std::move(scored->detail));
}

}  // namespace parley
