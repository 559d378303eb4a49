#include "adapters/cli/recorded_cell.hpp"

#include "reports/cell_summary.hpp"
#include "runner/amount_text.hpp"
#include "runner/inputs/input_problems.hpp"

#include <algorithm>
#include <vector>

namespace parley {
namespace {

constexpr std::size_t most_told = 8;

using id_list = std::vector<std::string>;

std::string folded(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

failure refused(std::string text) {
  return {failure_code::invalid_input, std::move(text)};
}

failure unknown_cell(run_record const& run, std::string const& text) {
  id_list ids;
  id_list parts;  // of ids: what people remember of them
  for (auto const& cell : run.cells) {
    auto const& id = cell.planned->id.value;
    ids.push_back(id);
    parts.push_back(id.substr(id.find('/') + 1));
  }
  auto near = nearest_name(text, ids);
  if (near.empty())
    if (auto const part = nearest_name(text, parts); !part.empty())
      near = ids[static_cast<std::size_t>(std::find(parts.begin(), parts.end(), part) - parts.begin())];
  return refused("run " + run.facts.id.value + " has no cell '" + text + "'; " +
                 (near.empty() ? "it has " + listed(ids, most_told) : "did you mean '" + near + "'?"));
}

std::string numbers_of(cell_record const& cell) {
  std::string text;
  for (auto const& trial : cell.trials)
    text += (text.empty() ? "" : ", ") + std::to_string(trial.trial) + " (" +
            std::string(to_text(trial.outcome)) + ")";
  return text;
}

}  // namespace

outcome<std::size_t> find_recorded_cell(run_record const& run, std::string const& text) {
  id_list fitting;
  std::size_t place = 0;
  for (std::size_t i = 0; i < run.cells.size(); ++i) {
    auto const& id = run.cells[i].planned->id.value;
    if (id == text) return i;
    if (folded(id).find(folded(text)) == std::string::npos) continue;
    fitting.push_back(id);
    place = i;
  }
  if (fitting.empty()) return unknown_cell(run, text);
  if (fitting.size() == 1) return place;
  return refused("'" + text + "' fits " + std::to_string(fitting.size()) +
                 " cells: " + listed(fitting, most_told) + "; write more of the id");
}

outcome<trial_record> find_recorded_trial(cell_record const& cell, std::optional<int> number) {
  auto const& id = cell.planned->id.value;
  if (cell.trials.empty())
    return refused("no conversation of " + id + " was held" +
                   (cell.planned->skip ? ": it is skipped, " + *cell.planned->skip : std::string()));
  if (!number) {
    auto const* const main = main_trial(cell);
    return main == nullptr ? cell.trials.front() : *main;
  }
  for (auto const& trial : cell.trials)
    if (trial.trial == *number) return trial;
  return refused("--trial " + std::to_string(*number) + ": no such trial of " + id + " was held; there is " +
                 numbers_of(cell));
}

}  // namespace parley
