#include "runner/statistics/changed_inputs.hpp"

#include "runner/statistics/line_diff.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

namespace parley {
namespace {

using pin_pair = std::pair<pinned_input const*, pinned_input const*>;  // either may be null

// Of a cell, by kind and slot.
std::map<std::pair<changed_kind, std::string>, pin_pair> side_by_side(measured_run const& base,
                                                                      measured_cell const& before,
                                                                      measured_run const& head,
                                                                      measured_cell const& after) {
  std::map<std::pair<changed_kind, std::string>, pin_pair> pairs;
  for (std::size_t const at : before.pins) {
    auto const& pin = base.pins[at];
    pairs[{pin.kind, pin.slot}].first = &pin;
  }
  for (std::size_t const at : after.pins) {
    auto const& pin = head.pins[at];
    pairs[{pin.kind, pin.slot}].second = &pin;
  }
  return pairs;
}

bool is_changed(pin_pair const& pins) {
  if (pins.first == nullptr || pins.second == nullptr) return true;
  return pins.first->digest != pins.second->digest || pins.first->name != pins.second->name;
}

std::string const* text_of(measured_run const& run, pinned_input const* pin) {
  if (pin == nullptr) return nullptr;
  auto const found = run.texts.find(pin->digest);
  return found == run.texts.end() ? nullptr : &found->second;
}

std::string described(pinned_input const* pin, bool with_name) {
  if (pin == nullptr) return {};
  if (!with_name || pin->name.empty()) return pin->label;
  return pin->label.empty() ? pin->name : pin->name + ", " + pin->label;
}

changed_input change_of(measured_run const& base, measured_run const& head, pin_pair const& pins) {
  changed_input change;
  pinned_input const& named = pins.second != nullptr ? *pins.second : *pins.first;
  change.kind = named.kind;
  change.name = named.name;
  bool const renamed =
      pins.first != nullptr && pins.second != nullptr && pins.first->name != pins.second->name;
  change.before = described(pins.first, renamed);
  change.after = described(pins.second, renamed);
  auto const* const before = text_of(base, pins.first);
  auto const* const after = text_of(head, pins.second);
  bool const known =
      (before != nullptr || pins.first == nullptr) && (after != nullptr || pins.second == nullptr);
  if (known)
    change.diff =
        line_diff(before != nullptr ? *before : std::string(), after != nullptr ? *after : std::string());
  return change;
}

// Collects the changes of cells that are in both runs, each change once.
class change_finder {
 public:
  change_finder(measured_run const& base, measured_run const& head, std::vector<changed_input>& into)
      : base_(base), head_(head), changes_(into) {
    for (auto const& cell : base.cells) before_.emplace(cell.id, &cell);
    for (auto const& cell : head.cells) after_.emplace(cell.id, &cell);
  }

  std::vector<std::size_t> changes_of(cell_id const& id) {
    std::vector<std::size_t> places;
    for (auto const& [slot, pins] : side_by_side(base_, *before_.at(id), head_, *after_.at(id))) {
      if (!is_changed(pins)) continue;
      auto const [at, fresh] = known_.try_emplace(pins, changes_.size());
      if (fresh) changes_.push_back(change_of(base_, head_, pins));
      ++changes_[at->second].cells;
      places.push_back(at->second);
    }
    return places;
  }

 private:
  measured_run const& base_;
  measured_run const& head_;
  std::vector<changed_input>& changes_;
  std::unordered_map<cell_id, measured_cell const*> before_;
  std::unordered_map<cell_id, measured_cell const*> after_;
  std::map<pin_pair, std::size_t> known_;
};

}  // namespace

void explain_changes(measured_run const& base, measured_run const& head, comparison& into) {
  change_finder finder(base, head, into.changes);
  for (auto& cell : into.cells)
    if (cell.base && cell.head) cell.changes = finder.changes_of(cell.id);
}

changed_since changes_since(measured_run const& passed, measured_run const& now,
                            std::vector<cell_id> const& cells) {
  changed_since since;
  since.passed = passed.told;
  change_finder finder(passed, now, since.changes);
  for (auto const& id : cells) since.cells.push_back({id, finder.changes_of(id)});
  return since;
}

}  // namespace parley
