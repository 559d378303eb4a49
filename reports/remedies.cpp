#include "reports/remedies.hpp"

#include "reports/cell_summary.hpp"
#include "reports/shell_text.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>

namespace parley {
namespace {

std::optional<std::string> remedy_for(std::string_view type, cell const& planned) {
  auto const agent = "agent '" + planned.agent + "'";
  if (type == "agent.transport")
    return agent +
           " could not be reached, or broke off: is it running, and is `url` or `command` of agents." +
           planned.agent + " right?";
  if (type == "agent.timeout")
    return agent + " was too slow: look at its logs, or raise --turn-timeout or --timeout";
  if (type == "agent.protocol")
    return agent +
           " answered in a way that could not be used: look at its own log, and compare its reply with "
           "`responses` of agents." +
           planned.agent + " or, without them, with the Parley agent protocol";
  if (type == "agent.tool_errors")
    return "tool calls of " + agent +
           " failed too often in a row: look at the mocks in `environment.action_mocks`, or raise max_errors";
  if (type == "judge.undecided")
    return "criteria stayed undecided, the report says why: configure `judge` in parley.yaml, look at its "
           "endpoint if its model failed, or make the assertion easier to decide";
  if (type == "simulator.error")
    return "the simulated user's model failed: look at `simulated_user` and `models` in parley.yaml";
  if (type == "simulator.invalid")
    return "the simulated user broke its role: make the scenario's instructions clearer, or give it a script";
  if (type == "parley.cassette")
    return "the cassette lacks what is asked now: record it again, or where only what one party is asked has "
           "changed, refresh that party with --rerecord agent, user or judge";
  if (type == "parley.internal") return "this is a bug of parley: please report it with the run's directory";
  return std::nullopt;
}

std::string remedy_for_missing(std::vector<std::string> const& shards) {
  std::string named;
  for (auto const& shard : shards) named += (named.empty() ? "" : ", ") + shard;
  bool const one = shards.size() == 1;
  return (one ? "of shard " : "of shards ") + named + " there is no run: find " + (one ? "it" : "them") +
         ", or hold " + (one ? "it" : "them") + " again with the other shards' flags and `--shard " +
         (shards.empty() ? "I/N" : shards.front()) + "`, then `parley merge` all of them";
}

// A run outside .parley/runs is found by its folder, not by its id.
std::string remedy_for_cut(run_facts const& facts) {
  bool const merged = !facts.merged_from.empty();
  if (merged && facts.directory.empty())
    return "a shard was cut off: `parley run --resume` goes on with its own run, then merge again";
  std::filesystem::path const folder = std::filesystem::path(facts.directory).lexically_normal();
  bool const by_id = facts.directory.empty() || folder.filename() == facts.id.value;
  return "`parley run --resume " + (by_id ? facts.id.value : shell_text({facts.directory})) +
         "` holds what is missing";
}

void add_once(std::vector<std::string>& lines, std::string line) {
  if (std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(std::move(line));
}

}  // namespace

std::vector<std::string> remedies_for(run_record const& run) {
  std::vector<std::string> lines;
  for (auto const& cell : run.cells) {
    if (cell.outcome != cell_outcome::errored) continue;
    for (auto const* trial : bad_attempts(cell))
      if (auto line = remedy_for(junit_error_type(trial->outcome, trial->error), *cell.planned))
        add_once(lines, std::move(*line));
  }
  auto const is_about_files = [](std::string const& error) {
    return error.starts_with("cannot write ") || error.starts_with("the journal could not be written");
  };
  auto const& errors = run.internal_errors;
  if (std::any_of(errors.begin(), errors.end(), is_about_files))
    add_once(lines, "make room, or name another path: `parley report " + run.facts.id.value +
                        "` writes the reports again");
  if (!std::all_of(errors.begin(), errors.end(), is_about_files))
    add_once(lines, *remedy_for("parley.internal", {}));
  if (missing_cells(run) > 0) add_once(lines, remedy_for_missing(run.facts.missing_shards));
  bool const cut = run.interrupted_by != 0 || !run.complete;
  if (cut && !run.facts.id.value.empty()) add_once(lines, remedy_for_cut(run.facts));
  return lines;
}

}  // namespace parley
