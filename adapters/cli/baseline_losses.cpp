#include "adapters/cli/baseline_losses.hpp"

#include "adapters/cli/command_line.hpp"
#include "adapters/cli/measured_source.hpp"
#include "reports/shell_text.hpp"
#include "runner/amount_text.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <variant>

namespace parley {
namespace {

constexpr std::size_t most_named = 5;

std::optional<command> typed_command(std::vector<std::string> const& words) {
  if (words.empty()) return std::nullopt;
  auto read = parse_command_line({words.begin() + 1, words.end()});
  if (auto* const known = std::get_if<command>(&read)) return std::move(*known);
  return std::nullopt;
}

bool selects(run_options const& options) {
  auto const& by = options.selection;
  auto const& keys = options.configuration.run;
  bool const by_key = std::any_of(keys.begin(), keys.end(), [](run_flag const& flag) {
    return flag.key == "tag" || flag.key == "scenario";
  });
  return by_key || !by.positionals.empty() || !by.expression.empty() || !by.personas.empty() ||
         by.last_failed || by.last_errored || by.cover_pairs;
}

}  // namespace

std::vector<std::string> lost_cells(std::string const& path, measured_run const& run) {
  std::error_code unknown;
  if (!std::filesystem::is_regular_file(path, unknown)) return {};
  auto const old = read_baseline_file(path);
  if (!old) return {};
  std::set<std::string> kept;
  for (auto const& cell : run.cells) kept.insert(cell.id.value);
  std::vector<std::string> lost;
  for (auto const& cell : old->cells)
    if (kept.count(cell.id.value) == 0) lost.push_back(cell.id.value);
  return lost;
}

std::string objection_to_part(run_facts const& facts, std::vector<std::string> const& lost) {
  auto const typed = typed_command(facts.command);
  if (typed && std::holds_alternative<replay_options>(*typed))
    return "run " + facts.id.value +
           " held a recorded conversation again, with the texts of then: name a run of 'parley run', or add "
           "--force";
  auto const* const run = typed ? std::get_if<run_options>(&*typed) : nullptr;
  bool const part = !facts.shard.empty() || (run != nullptr && selects(*run));
  if (!part || lost.empty()) return {};
  return "run " + facts.id.value + " is a part (" + shell_text(facts.command) +
         "): as a baseline it would lose " + loss_text(lost) + ". Hold all of them" +
         (facts.shard.empty() ? "" : " or merge the shards") + " and make that the baseline, or add --force";
}

std::string loss_text(std::vector<std::string> const& lost) {
  return counted(lost.size(), "unit test") + " of the old one: " + listed(lost, most_named);
}

}  // namespace parley
