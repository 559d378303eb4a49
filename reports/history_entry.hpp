// One run in the history of a project: a line of `.parley/history.jsonl`. Counts and figures, nothing that
// was said. Format 1.
#pragma once

#include "runner/conversation/conversation_facts.hpp"
#include "runner/run/run_verdict.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

inline constexpr int history_format = 1;

struct history_entry {
  std::string id;
  wall_time started_at{};
  std::chrono::milliseconds wall{0};
  std::string verdict;  // the headline
  int exit_code = 0;
  run_counts counts;
  int passed = 0;  // trials
  int failed = 0;
  int errored = 0;
  std::optional<double> cost;
  std::string shard;
  std::map<std::string, std::string> versions;
  std::string command;
  std::map<std::string, std::string> not_passed;  // cell id -> the word `counts` counts it under
  std::vector<std::string> merged_from;           // ids of the shards' runs; empty = it was held as one
  std::string passed_cells;  // the marks of the cells that passed, in order; empty: none, or not known
};

enum class cell_presence { held, left_out, unknown };
// Whether a run held the cell. A mark is four letters: of a thousand cells one in sixteen thousand is
// mistaken for a cell that was held.
cell_presence presence_of(std::string const& cell, history_entry const& run);

history_entry history_entry_of(run_record const& run);

// With a newline.
void append_history_line(std::string& out, history_entry const& entry);
// nullopt: not a line of a history, or of a later format.
std::optional<history_entry> read_history_line(std::string_view line);
// Every line that can be read, in order of time; of several with one id (a run that was resumed) the last.
std::vector<history_entry> read_history(std::string_view lines);
// Takes out the shards that a merged run among them covers, and merges that a fuller one does.
void leave_out_parts(std::vector<history_entry>& runs);

}  // namespace parley
