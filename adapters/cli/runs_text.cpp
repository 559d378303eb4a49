#include "adapters/cli/runs_text.hpp"

#include "reports/counts_json.hpp"
#include "reports/json_append.hpp"
#include "reports/safe_text.hpp"
#include "reports/time_text.hpp"
#include "runner/amount_text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace parley {
namespace {

using std::chrono::milliseconds;

// "12 x 5", "12 x 1-5" where cells differ.
std::string extent_text(local_run const& run) {
  auto text = std::to_string(run.cells) + " x " + std::to_string(run.fewest_trials);
  if (run.most_trials != run.fewest_trials) text += "-" + std::to_string(run.most_trials);
  return text;
}

struct run_row {
  std::array<std::string, 6> columns;
  std::string result;
};

run_row row_of(local_run const& run, wall_time now) {
  auto const name = safe_line(run.name) + (run.latest ? " (latest)" : "");
  if (!run.unreadable.empty()) return {{name, "", "", "", "", size_text(run.bytes)}, result_text(run)};
  auto const took = run.being_written ? now - run.started_at : run.wall;
  return {{name, age_text(now - run.started_at), minute_text(run.started_at), extent_text(run),
           short_duration(took), size_text(run.bytes)},
          result_text(run)};
}

std::string painted_result(local_run const& run, std::string const& text, terminal_style const& style) {
  if (!run.unreadable.empty() || run.being_written || !run.ended) return style.warning(text);
  return run.exit_code == 0 ? style.good(text) : run.exit_code == 1 ? style.bad(text) : style.warning(text);
}

void append_run(std::string& out, local_run const& run) {
  json_object_writer object(out);
  object.text("id", run.name);
  object.text("directory", run.directory);
  object.flag("latest", run.latest);
  object.number("bytes", run.bytes);
  object.flag("being_written", run.being_written);
  if (!run.unreadable.empty()) {
    object.text("unreadable", run.unreadable);
    object.close();
    return;
  }
  object.flag("ended_in_order", run.ended);
  object.time("started_at", run.started_at);
  object.number("wall_ms", run.wall.count());
  object.number("cells", run.cells);
  object.number("fewest_trials", run.fewest_trials);
  object.number("most_trials", run.most_trials);
  if (!run.shard.empty()) object.text("shard", run.shard);
  if (run.being_written) {
    object.null("verdict");
    object.null("exit_code");
  } else {
    object.word("verdict", run.verdict);
    object.number("exit_code", run.exit_code);
  }
  append_counts(object.member("counts"), run.counts);
  object.close();
}

}  // namespace

std::string age_text(milliseconds age) {
  auto const minutes = age.count() / 60'000;
  if (minutes < 1) return "just now";
  auto const told = [](long long count, char const* unit) { return counted(count, unit) + " ago"; };
  if (minutes < 60) return told(minutes, "minute");
  if (minutes < 48 * 60) return told(minutes / 60, "hour");
  return told(minutes / (24 * 60), "day");
}

std::string size_text(std::uint64_t bytes) {
  if (bytes < 1024) return std::to_string(bytes) + " B";
  double value = static_cast<double>(bytes) / 1024;
  char const* unit = "KiB";
  for (char const* larger : {"MiB", "GiB", "TiB"}) {
    if (value < 1023.95) break;
    value /= 1024;
    unit = larger;
  }
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f %s", value, unit);
  return text.data();
}

std::string minute_text(wall_time at) {
  auto text = junit_timestamp(at).substr(0, 16);
  text[10] = ' ';
  return text + " UTC";
}

std::string result_text(local_run const& run) {
  if (!run.unreadable.empty()) return "cannot be read: " + safe_line(run.unreadable);
  auto const shard = run.shard.empty() ? "" : ", shard " + safe_line(run.shard);
  if (run.being_written) return "being written: " + run.summary + shard;
  auto const told = run.verdict + " (exit " + std::to_string(run.exit_code) + "): " + run.summary + shard;
  return run.ended ? told : told + "; cut off, --resume finishes it";
}

std::string runs_table(local_runs const& found, std::string const& folder, wall_time now,
                       terminal_style const& style) {
  std::vector<run_row> rows{{{"RUN", "STARTED", "", "CELLS x TRIALS", "TOOK", "SIZE"}, "RESULT"}};
  std::uint64_t bytes = 0;
  for (auto const& run : found.runs) {
    rows.push_back(row_of(run, now));
    bytes += run.bytes;
  }
  std::array<std::size_t, 6> widths{};
  for (auto const& row : rows)
    for (std::size_t i = 0; i < widths.size(); ++i) widths[i] = std::max(widths[i], row.columns[i].size());
  std::string text;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::string line;
    for (std::size_t c = 0; c < widths.size(); ++c)
      line += rows[i].columns[c] + std::string(widths[c] - rows[i].columns[c].size() + 2, ' ');
    text += i == 0 ? style.faint(line + rows[i].result)
                   : line + painted_result(found.runs[i - 1], rows[i].result, style);
    text += '\n';
  }
  return text + "\n" + counted(found.runs.size(), "run") + ", " + size_text(bytes) + " in " +
         safe_line(folder) + "\n";
}

std::string runs_json(local_runs const& found) {
  std::string text;
  json_object_writer object(text);
  append_array(object.member("runs"), found.runs, append_run);
  object.close();
  return text + "\n";
}

}  // namespace parley
