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

}  // namespace

void explain_changes(measured_run const& base, measured_run const& head, comparison& into) {
  std::unordered_map<cell_id, measured_cell const*> before;
  for (auto const& cell : base.cells) before.emplace(cell.id, &cell);
  std::unordered_map<cell_id, measured_cell const*> after;
  for (auto const& cell : head.cells) after.emplace(cell.id, &cell);
  std::map<pin_pair, std::size_t> known;
  for (auto& cell : into.cells) {
    if (!cell.base || !cell.head) continue;
    for (auto const& [slot, pins] : side_by_side(base, *before.at(cell.id), head, *after.at(cell.id))) {
      if (!is_changed(pins)) continue;
      auto const [at, fresh] = known.try_emplace(pins, into.changes.size());
      if (fresh) into.changes.push_back(change_of(base, head, pins));
      ++into.changes[at->second].cells;
      cell.changes.push_back(at->second);
    }
  }
}

}  // namespace parley
