#include "adapters/cli/shown_cells.hpp"

#include <utility>

namespace parley {
namespace {

tag_map shown_tags(tag_map const& tags, redaction const& mask) {
  tag_map shown;
  for (auto const& [key, value] : tags) {
    auto& text = shown[mask(key)];
    if (value) text = mask(*value);
  }
  return shown;
}

cell shown_cell(cell unit, redaction const& mask) {
  unit.description = mask(unit.description);
  unit.tags = shown_tags(unit.tags, mask);
  if (unit.skip) unit.skip = mask(*unit.skip);
  if (unit.quarantine) unit.quarantine = mask(*unit.quarantine);
  return unit;
}

bool same_texts(cell const& a, cell const& b) {
  return a.description == b.description && a.tags == b.tags && a.skip == b.skip &&
         a.quarantine == b.quarantine;
}

}  // namespace

std::vector<std::shared_ptr<cell const>> shown_cells(std::vector<std::shared_ptr<cell const>> cells,
                                                     redaction const& mask) {
  if (mask.empty()) return cells;
  for (auto& unit : cells) {
    cell shown = shown_cell(*unit, mask);
    if (!same_texts(shown, *unit)) unit = std::make_shared<cell const>(std::move(shown));
  }
  return cells;
}

std::shared_ptr<run_plan const> shown_plan(std::shared_ptr<run_plan const> plan, redaction const& mask) {
  if (mask.empty()) return plan;
  run_plan shown = *plan;
  shown.cells = shown_cells(std::move(shown.cells), mask);
  return std::make_shared<run_plan const>(std::move(shown));
}

}  // namespace parley
