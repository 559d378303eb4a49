#include "reports/comparison_json.hpp"

#include "reports/json_append.hpp"

#include <array>

namespace parley {
namespace {

void append_interval(std::string& out, rate_interval const& interval) {
  append_array(out, std::array{interval.low, interval.high},
               [](std::string& to, double end) { append_number(to, end); });
}

void append_optional(json_object_writer& object, std::string_view key, std::optional<double> value) {
  if (value) {
    object.number(key, *value);
  } else {
    object.null(key);
  }
}

void append_run(std::string& out, compared_run const& run) {
  json_object_writer object(out);
  object.text("name", run.name);
  object.text("from", run.from);
  if (run.started_at) object.time("started_at", *run.started_at);
  object.close();
}

void append_side(std::string& out, compared_side const& side) {
  json_object_writer object(out);
  object.word("outcome", to_text(side.outcome));
  object.flag("flaky", side.flaky);
  object.number("passed", side.passed);
  object.number("failed", side.failed);
  object.number("without_verdict", side.without_verdict);
  append_optional(object, "pass_rate", side.rate());
  if (side.interval) append_interval(object.member("pass_rate_interval"), *side.interval);
  object.close();
}

void append_cell(std::string& out, compared_cell const& cell) {
  out += '\n';
  json_object_writer object(out);
  object.text("id", cell.id.value);
  object.word("word", to_text(cell.word));
  object.flag("gates", cell.gates);
  if (cell.quarantined) object.flag("quarantined", true);
  if (cell.base) append_side(object.member("base"), *cell.base);
  if (cell.head) append_side(object.member("head"), *cell.head);
  if (cell.p) object.number("p", *cell.p);
  if (cell.corrected_p) object.number("corrected_p", *cell.corrected_p);
  if (!cell.note.empty()) object.text("note", cell.note);
  append_array(object.member("changes"), cell.changes,
               [](std::string& to, std::size_t at) { append_number(to, at); });
  object.close();
}

void append_change(std::string& out, changed_input const& change) {
  out += '\n';
  json_object_writer object(out);
  object.word("kind", to_text(change.kind));
  object.text("name", change.name);
  object.text("before", change.before);
  object.text("after", change.after);
  object.number("cells", change.cells);
  append_array(object.member("diff"), change.diff, append_quoted);
  object.close();
}

void append_suite(std::string& out, suite_difference const& suite) {
  json_object_writer object(out);
  object.number("pairs", suite.pairs);
  object.number("scenarios", suite.scenarios);
  object.flag("same_seeds", suite.same_seeds);
  object.number("same_seed_pairs", suite.same_seed_pairs);
  object.number("differing_scenarios", suite.differing);
  object.number("differing_scenarios_needed", suite.differing_needed);
  object.number("base_rate", suite.base_rate);
  object.number("head_rate", suite.head_rate);
  object.number("difference", suite.difference);
  append_interval(object.member("interval"), suite.interval);
  append_optional(object, "p", suite.p);
  append_optional(object, "corrected_p", suite.corrected_p);
  object.close();
}

void append_counts(std::string& out, comparison const& compared) {
  json_object_writer object(out);
  for (auto const word : {cell_word::added, cell_word::removed, cell_word::new_fail, cell_word::worse,
                          cell_word::worse_within_noise, cell_word::inconclusive, cell_word::fixed,
                          cell_word::better, cell_word::unchanged})
    object.number(to_text(word), compared.count(word));
  object.close();
}

}  // namespace

void append_comparison(std::string& out, comparison const& compared) {
  json_object_writer object(out);
  object.number("format", comparison_format);
  append_run(object.member("base"), compared.base);
  append_run(object.member("head"), compared.head);
  object.number("alpha", compared.alpha);
  object.word("verdict", to_text(compared.word));
  object.text("reason", compared.reason);
  object.flag("gates", compared.gates);
  append_suite(object.member("suite"), compared.suite);
  append_counts(object.member("counts"), compared);
  append_array(object.member("cells"), compared.cells, append_cell);
  append_array(object.member("changes"), compared.changes, append_change);
  append_array(object.member("warnings"), compared.warnings, append_quoted);
  object.close();
}

void append_changed_since(std::string& out, std::vector<changed_since> const& all) {
  append_array(out, all, [](std::string& to, changed_since const& since) {
    to += '\n';
    json_object_writer object(to);
    append_run(object.member("run"), since.passed);
    append_array(object.member("cells"), since.cells, [](std::string& one, changed_since::cell const& cell) {
      json_object_writer inner(one);
      inner.text("id", cell.id.value);
      append_array(inner.member("changes"), cell.changes,
                   [](std::string& numbers, std::size_t at) { append_number(numbers, at); });
      inner.close();
    });
    append_array(object.member("changes"), since.changes, append_change);
    object.close();
  });
}

}  // namespace parley
