#include "reports/json_report.hpp"

#include "reports/cell_summary.hpp"
#include "reports/comparison_json.hpp"
#include "reports/counts_json.hpp"
#include "reports/json_append.hpp"
#include "reports/jsonl_lines.hpp"
#include "reports/spending_json.hpp"
#include "runner/run/run_verdict.hpp"
#include "runner/statistics/pass_rate.hpp"
#include "runner/statistics/rate_interval.hpp"

#include <array>
#include <ostream>

namespace parley {
namespace {

constexpr int json_report_format = 1;

template <class Input>
void append_pinned(std::string& out, Input const& used) {
  json_object_writer object(out);
  object.text("name", used.name);
  object.text("id", used.id.value);
  object.number("version", used.latest().number);
  object.text("digest", used.latest().digest);
  object.close();
}

// Keys that are not ours need escaping.
template <class Map, class Append>
void append_map(std::string& out, Map const& map, Append append_value) {
  out += '{';
  for (bool first = true; auto const& [key, value] : map) {
    if (!first) out += ',';
    first = false;
    append_quoted(out, key);
    out += ':';
    append_value(value);
  }
  out += '}';
}

void append_cell_members(json_object_writer& object, cell const& planned) {
  object.text("id", planned.id.value);
  object.text("set", planned.set);
  append_pinned(object.member("scenario"), *planned.scenario_used);
  append_pinned(object.member("persona"), *planned.persona_used);
  object.text("agent", planned.agent);
  auto& out = object.member("tags");
  append_map(out, planned.tags, [&out](std::optional<std::string> const& value) {
    if (value) {
      append_quoted(out, *value);
    } else {
      out += "null";
    }
  });
}

void append_run(std::string& out, run_record const& run, run_verdict const& judged, int exit_code) {
  json_object_writer object(out);
  object.text("id", run.facts.id.value);
  object.time("started_at", run.facts.started_at);
  object.time("finished_at", run.finished_at);
  object.number("seed", run.facts.seed);
  append_array(object.member("command"), run.facts.command, append_quoted);
  object.number("exit_code", exit_code);
  object.word("verdict", exit_code == judged.exit_code ? judged.headline : headline(exit_code));
  auto& versions = object.member("versions");
  append_map(versions, run.facts.versions,
             [&](std::string const& version) { append_quoted(versions, version); });
  if (!run.facts.shard.empty()) object.text("shard", run.facts.shard);
  if (!run.facts.merged_from.empty())
    append_array(object.member("merged_from"), run.facts.merged_from, append_quoted);
  if (auto const missing = missing_cells(run); missing > 0) {
    object.number("missing_cells", missing);
    append_array(object.member("missing_shards"), run.facts.missing_shards, append_quoted);
  }
  if (run.interrupted_by != 0 || !run.complete || missing_cells(run) > 0) object.flag("partial", true);
  object.close();
}

void append_rates(std::string& out, std::vector<rate_of_k> const& rates, double rate_of_k::*which) {
  json_object_writer object(out);
  for (auto const& one : rates) object.number(std::to_string(one.k), one.*which);
  object.close();
}

// Of the trials with a verdict, with Wilson's interval.
void append_pass_rate(json_object_writer& object, cell_record const& cell) {
  auto const counts = count_trials(cell);
  int const decided = counts.passed + counts.failed;
  if (decided == 0) return object.null("pass_rate");
  auto const interval = wilson_interval(counts.passed, decided);
  object.number("pass_rate", static_cast<double>(counts.passed) / decided);
  auto& out = object.member("pass_rate_interval");
  append_array(out, std::array{interval.low, interval.high},
               [](std::string& to, double end) { append_number(to, end); });
}

void write_cell(run_record const& run, cell_record const& cell, std::ostream& out) {
  std::string text;
  json_object_writer object(text);
  append_cell_members(object, *cell.planned);
  object.word("outcome", to_text(cell.outcome));
  object.flag("flaky", cell.flaky);
  object.word("pass_rule", to_text(cell.planned->rule));
  append_pass_rate(object, cell);
  if (auto const used = spending_of(cell); !used.empty()) append_party_spending(object.member("usage"), used);
  if (cell.planned->skip) object.text("skip", *cell.planned->skip);
  if (cell.planned->quarantine) object.text("quarantine", *cell.planned->quarantine);
  object.member("trials") += '[';
  for (bool first = true; auto const& trial : cell.trials) {
    if (!first) text += ',';
    first = false;
    auto const detail = load_detail(run, cell, trial);
    append_result_line(text, line_of(cell, trial, detail->judged), &detail->conversation);
    out << text;
    text.clear();
  }
  text += ']';
  object.close();
  out << text;
}

}  // namespace

void write_json(run_record const& run, report_options const& options, std::ostream& out) {
  auto const judged = judge_run(run);
  std::string text = "{\"format\":" + std::to_string(json_report_format) + ",\"run\":";
  append_run(text, run, judged, options.exit_code.value_or(judged.exit_code));
  text += ",\n\"counts\":";
  append_counts(text, judged.counts);
  if (auto const used = spending_of(run); !used.empty()) {
    text += ",\n\"usage\":";
    append_party_spending(text, used);
  }
  out << text << ",\n\"cells\":[";
  for (bool first = true; auto const& cell : run.cells) {
    out << (first ? "\n" : ",\n");
    first = false;
    write_cell(run, cell, out);
  }
  auto const rates = pass_rates(run);
  text = "],\n\"pass_hat_k\":";
  append_rates(text, rates, &rate_of_k::all_pass);
  text += ",\n\"pass_at_k\":";
  append_rates(text, rates, &rate_of_k::any_passes);
  if (run.against) {
    text += ",\n\"comparison\":";
    append_comparison(text, *run.against);
  }
  if (run.since_passed) {
    text += ",\n\"changed_since\":";
    append_changed_since(text, *run.since_passed);
  }
  out << text << "}\n";
}

void write_planned_cells(std::vector<std::shared_ptr<cell const>> const& cells, std::ostream& out) {
  out << '[';
  for (bool first = true; auto const& planned : cells) {
    std::string text;
    json_object_writer object(text);
    append_cell_members(object, *planned);
    object.word("pass_rule", to_text(planned->rule));
    object.close();
    out << (first ? "\n" : ",\n") << text;
    first = false;
  }
  out << "]\n";
}

}  // namespace parley
