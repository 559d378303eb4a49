#include "reports/history_entry.hpp"

#include "reports/counts_json.hpp"
#include "reports/html_cells.hpp"
#include "reports/json_append.hpp"
#include "reports/shell_text.hpp"
#include "reports/stored_form.hpp"
#include "runner/inputs/local_time.hpp"
#include "runner/inputs/run_plan.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace parley {
namespace {

using nlohmann::json;

constexpr std::size_t mark_size = 4;

void append_texts(std::string& out, std::map<std::string, std::string> const& texts) {
  out += '{';
  for (bool first = true; auto const& [key, text] : texts) {
    if (!first) out += ',';
    first = false;
    append_quoted(out, key);
    out += ':';
    append_quoted(out, text);
  }
  out += '}';
}

int number_in(json const& form, char const* key) {
  return static_cast<int>(integer_or(form, key, 0));
}

run_counts counts_from(json const& form) {
  run_counts counts;
  counts.passed = number_in(form, "passed");
  counts.failed = number_in(form, "failed");
  counts.errored = number_in(form, "errored");
  counts.flaky = number_in(form, "flaky");
  counts.skipped = number_in(form, "skipped");
  counts.not_run = number_in(form, "not_run");
  counts.quarantined = number_in(form, "quarantined");
  return counts;
}

std::map<std::string, std::string> texts_from(json const& form) {
  std::map<std::string, std::string> texts;
  for (auto const& [key, text] : form.items()) texts[key] = text.get<std::string>();
  return texts;
}

history_entry entry_from(json const& form) {
  require_format(form, history_format);
  history_entry entry;
  entry.id = form.at("id").get<std::string>();
  entry.started_at = time_or_epoch(form, "started_at");
  entry.wall = std::chrono::milliseconds(integer_or(form, "wall_ms", 0));
  entry.verdict = text_or_empty(form, "verdict");
  entry.exit_code = number_in(form, "exit_code");
  entry.counts = counts_from(form.at("counts"));
  auto const& trials = form.at("trials");
  entry.passed = number_in(trials, "passed");
  entry.failed = number_in(trials, "failed");
  entry.errored = number_in(trials, "errored");
  if (auto const& cost = member_or_null(form, "cost"); cost.is_number()) entry.cost = cost.get<double>();
  entry.shard = text_or_empty(form, "shard");
  entry.versions = texts_from(member_or_null(form, "versions"));
  entry.command = text_or_empty(form, "command");
  entry.not_passed = texts_from(member_or_null(form, "not_passed"));
  for (auto const& id : member_or_null(form, "merged_from"))
    entry.merged_from.push_back(id.get<std::string>());
  entry.passed_cells = text_or_empty(form, "passed_cells");
  return entry;
}

// 24 bits of the id as four letters: a night of a thousand cells is four thousand bytes longer.
std::string mark_of(std::string const& cell) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  auto hash = stable_hash(cell);
  std::string mark;
  for (std::size_t i = 0; i < mark_size; ++i, hash >>= 6) mark += letters[hash & 63];
  return mark;
}

std::string marks_of(std::vector<std::string> const& cells) {
  std::vector<std::string> marks;
  marks.reserve(cells.size());
  for (auto const& cell : cells) marks.push_back(mark_of(cell));
  std::sort(marks.begin(), marks.end());
  std::string text;
  for (auto const& mark : marks) text += mark;
  return text;
}

bool covers(history_entry const& whole, history_entry const& part) {
  auto const has = [&](std::string const& id) {
    return std::find(whole.merged_from.begin(), whole.merged_from.end(), id) != whole.merged_from.end();
  };
  if (part.merged_from.empty()) return has(part.id);
  return part.merged_from.size() < whole.merged_from.size() &&
         std::all_of(part.merged_from.begin(), part.merged_from.end(), has);
}

void count_trials(run_record const& run, history_entry& into) {
  for (auto const& cell : run.cells) {
    for (auto const& trial : cell.trials) {
      if (counts_as_not_run(trial.outcome)) continue;
      if (trial.outcome == outcome_class::passed) {
        ++into.passed;
      } else if (trial.outcome == outcome_class::failed) {
        ++into.failed;
      } else {
        ++into.errored;
      }
    }
  }
}

}  // namespace

history_entry history_entry_of(run_record const& run) {
  auto const judged = judge_run(run);
  history_entry entry;
  entry.id = run.facts.id.value;
  entry.started_at = run.facts.started_at;
  entry.wall = std::chrono::round<std::chrono::milliseconds>(run.wall);
  entry.verdict = judged.headline;
  entry.exit_code = judged.exit_code;
  entry.counts = judged.counts;
  count_trials(run, entry);
  entry.cost = spending_of(run).total().cost;
  entry.shard = run.facts.shard;
  entry.versions = run.facts.versions;
  entry.command = shell_text(run.facts.command);
  entry.merged_from = run.facts.merged_from;
  std::vector<std::string> passed;
  for (auto const& shown : cells_in_page_order(run)) {
    auto const& id = shown.cell->planned->id.value;
    if (shown.status == "passed") passed.push_back(id);
    if (shown.status != "passed" && shown.status != "skipped") entry.not_passed.emplace(id, shown.status);
  }
  entry.passed_cells = marks_of(passed);
  return entry;
}

void append_history_line(std::string& out, history_entry const& entry) {
  json_object_writer object(out);
  object.number("format", history_format);
  object.text("id", entry.id);
  object.time("started_at", entry.started_at);
  object.number("wall_ms", entry.wall.count());
  object.text("verdict", entry.verdict);
  object.number("exit_code", entry.exit_code);
  append_counts(object.member("counts"), entry.counts);
  json_object_writer trials(object.member("trials"));
  trials.number("passed", entry.passed);
  trials.number("failed", entry.failed);
  trials.number("errored", entry.errored);
  trials.close();
  if (entry.cost) object.number("cost", *entry.cost);
  if (!entry.shard.empty()) object.text("shard", entry.shard);
  append_texts(object.member("versions"), entry.versions);
  object.text("command", entry.command);
  append_texts(object.member("not_passed"), entry.not_passed);
  if (!entry.merged_from.empty())
    append_array(object.member("merged_from"), entry.merged_from, append_quoted);
  if (!entry.passed_cells.empty()) object.text("passed_cells", entry.passed_cells);
  object.close();
  out += '\n';
}

cell_presence presence_of(std::string const& cell, history_entry const& run) {
  if (run.not_passed.contains(cell)) return cell_presence::held;
  if (run.passed_cells.empty() && run.counts.passed > 0) return cell_presence::unknown;  // of an older parley
  auto const mark = mark_of(cell);
  for (std::size_t at = 0; at + mark_size <= run.passed_cells.size(); at += mark_size)
    if (run.passed_cells.compare(at, mark_size, mark) == 0) return cell_presence::held;
  return cell_presence::left_out;
}

void leave_out_parts(std::vector<history_entry>& runs) {
  std::set<std::string> parts;
  for (auto const& whole : runs) {
    if (whole.merged_from.empty()) continue;
    for (auto const& part : runs)
      if (covers(whole, part)) parts.insert(part.id);
  }
  std::erase_if(runs, [&](history_entry const& entry) { return parts.contains(entry.id); });
}

std::optional<history_entry> read_history_line(std::string_view line) {
  auto const parsed = parse_json(line);
  if (!parsed.ok) return std::nullopt;
  auto read = read_stored("history", [&] { return entry_from(parsed.value.get()); });
  if (!read) return std::nullopt;
  return std::move(*read);
}

std::vector<history_entry> read_history(std::string_view lines) {
  std::map<std::string, history_entry> by_id;
  while (!lines.empty()) {
    auto const end = lines.find('\n');
    if (auto entry = read_history_line(lines.substr(0, end))) by_id[entry->id] = std::move(*entry);
    lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
  }
  std::vector<history_entry> entries;
  entries.reserve(by_id.size());
  for (auto& [id, entry] : by_id) entries.push_back(std::move(entry));
  std::stable_sort(entries.begin(), entries.end(),
                   [](auto const& a, auto const& b) { return a.started_at < b.started_at; });
  return entries;
}

}  // namespace parley
