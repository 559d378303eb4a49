#include "reports/html_index.hpp"

#include "reports/cell_summary.hpp"
#include "reports/html_text.hpp"
#include "reports/json_append.hpp"
#include "reports/spending_json.hpp"
#include "reports/transcript_json.hpp"
#include "runner/run/run_verdict.hpp"
#include "runner/statistics/comparison.hpp"

#include <array>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

namespace parley {
namespace {

constexpr int index_format = 1;

// Scenarios or personas, each once; cells point at them by number.
template <class Input>
class input_table {
 public:
  std::size_t number_of(Input const& used) {
    auto const key = std::make_tuple(used.id.value, used.latest().number, used.latest().digest, used.name);
    auto const [at, added] = numbers_.emplace(key, inputs_.size());
    if (added) inputs_.push_back(&used);
    return at->second;
  }
  std::vector<Input const*> const& inputs() const { return inputs_; }

 private:
  std::map<std::tuple<std::string, int, std::string, std::string>, std::size_t> numbers_;
  std::vector<Input const*> inputs_;
};

void append_text(std::string& out, std::string const& text) {
  append_quoted(out, text);
}

// What `a:contains` finds.
void add_kinds_not_met(evaluation const& judged, std::set<std::string>& kinds) {
  for (auto const& one : judged.actions)
    if (!one.match) kinds.insert("action");
  for (auto const& one : judged.checks)
    if (one.answer == verdict::not_met) kinds.insert(one.check);
  for (auto const& one : judged.nl_assertions)
    if (one.answer == verdict::not_met) kinds.insert("nl_assertion");
  for (auto const& one : judged.metrics)
    if (one.answer == verdict::not_met) kinds.insert("metric");
}

class index_writer {
 public:
  index_writer(run_record const& run, report_options const& options) : run_(run), options_(options) {
    if (!run.against) return;
    for (auto const& cell : run.against->cells) compared_.emplace(cell.id.value, &cell);
  }

  std::string write(std::vector<html_cell> const& cells) {
    std::string json;
    json_object_writer object(json);
    object.number("format", index_format);
    append_run(object.member("run"));
    append_array(object.member("cells"), cells,
                 [this](std::string& out, html_cell const& shown) { append_cell(out, shown); });
    append_array(object.member("scenarios"), scenarios_.inputs(),
                 [this](std::string& out, scenario const* used) { append_scenario(out, *used); });
    append_array(object.member("personas"), personas_.inputs(),
                 [this](std::string& out, persona const* used) { append_persona(out, *used); });
    object.close();
    std::string safe;
    append_script_json(safe, json);
    return safe;
  }

 private:
  void append_run(std::string& out) const {
    json_object_writer object(out);
    object.text("id", run_.facts.id.value);
    object.time("started_at", run_.facts.started_at);
    object.word("verdict", headline(options_.exit_code.value_or(judge_run(run_).exit_code)));
    auto& versions = object.member("versions");
    json_object_writer known(versions);
    for (auto const& [name, version] : run_.facts.versions) {
      std::string quoted;
      append_quoted(quoted, name);
      known.text(quoted.substr(1, quoted.size() - 2), version);
    }
    known.close();
    object.close();
  }

  template <class Input>
  static void append_pin(json_object_writer& object, Input const& used) {
    object.text("name", used.name);
    object.number("version", used.latest().number);
    object.text("digest", used.latest().digest);
  }

  void append_scenario(std::string& out, scenario const& used) const {
    json_object_writer object(out);
    append_pin(object, used);
    object.text("objective", options_.mask(used.latest().objective));
    object.text("instructions", options_.mask(used.latest().instructions));
    object.close();
  }

  void append_persona(std::string& out, persona const& used) const {
    json_object_writer object(out);
    append_pin(object, used);
    object.text("role", options_.mask(used.role));
    object.text("background", options_.mask(used.latest().background));
    object.close();
  }

  void append_cell(std::string& out, html_cell const& shown) {
    auto const& planned = *shown.cell->planned;
    json_object_writer object(out);
    object.text("id", planned.id.value);
    object.word("status", shown.status);
    object.word("outcome", to_text(shown.cell->outcome));
    object.number("scenario", scenarios_.number_of(*planned.scenario_used));
    object.number("persona", personas_.number_of(*planned.persona_used));
    object.text("set", planned.set);
    if (!planned.name.empty()) object.text("name", planned.name);
    if (!planned.description.empty()) object.text("description", planned.description);
    object.text("agent", planned.agent);
    append_tags(object, planned.tags);
    append_counts(object, *shown.cell);
    append_change(object, planned.id);
    if (planned.skip) object.text("skip", *planned.skip);
    if (planned.quarantine) object.text("quarantine", *planned.quarantine);
    object.text("where", to_text(planned.where));
    object.text("again", command_to_repeat(run_, *shown.cell));
    append_attempts(object, *shown.cell);
    object.close();
  }

  void append_change(json_object_writer& object, cell_id const& id) const {
    auto const found = compared_.find(id.value);
    if (found == compared_.end()) return;
    auto const& change = *found->second;
    json_object_writer inner(object.member("change"));
    inner.word("word", to_text(change.word));
    if (change.gates) inner.flag("gates", true);
    if (change.base && change.base->decided() > 0) {
      inner.number("passed", change.base->passed);
      inner.number("decided", change.base->decided());
    }
    if (change.corrected_p) inner.number("p", *change.corrected_p);
    if (!change.note.empty()) inner.text("note", change.note);
    inner.close();
  }

  static void append_tags(json_object_writer& object, tag_map const& tags) {
    if (tags.empty()) return;
    append_array(object.member("tags"), tags, [](std::string& out, auto const& tag) {
      append_quoted(out, tag.second ? tag.first + ":" + *tag.second : tag.first);
    });
  }

  static void append_counts(json_object_writer& object, cell_record const& cell) {
    auto const counts = count_trials(cell);
    object.word("rule", to_text(cell.planned->rule));
    object.number("needed", counts.needed);
    object.number("total", counts.total);
    object.number("passed", counts.passed);
    object.number("failed", counts.failed);
    object.number("errored", counts.errored);
    int const decided = counts.passed + counts.failed;
    if (decided == 0) return;
    auto const interval = wilson_interval(counts.passed, decided);
    append_array(object.member("interval"), std::array{interval.low, interval.high},
                 [](std::string& out, double rate) { append_number(out, std::round(rate * 1000) / 1000); });
  }

  void append_attempts(json_object_writer& object, cell_record const& cell) const {
    std::set<std::string> kinds;
    auto const append_one = [&](std::string& out, trial_record const& trial) {
      append_trial(out, cell, trial, kinds);
    };
    append_array(object.member("trials"), cell.trials, append_one);
    if (!cell.earlier.empty()) append_array(object.member("earlier"), cell.earlier, append_one);
    if (!kinds.empty()) append_array(object.member("kinds"), kinds, append_text);
  }

  void append_trial(std::string& out, cell_record const& cell, trial_record const& trial,
                    std::set<std::string>& kinds) const {
    json_object_writer object(out);
    object.number("trial", trial.trial);
    if (trial.attempt > 1) object.number("attempt", trial.attempt);
    object.text("letter", std::string(1, trial_letter(trial)));
    object.word("word", trial_word(trial));
    object.word("outcome", to_text(trial.outcome));
    if (trial.stopped) object.word("stopped", to_text(*trial.stopped));
    object.text("seed",
                std::to_string(trial.seed));  // 64 bits: more than a number of the page's script holds
    object.number("ms", std::chrono::round<std::chrono::milliseconds>(trial.duration).count());
    if (trial.error) append_trial_error(object.member("error"), *trial.error);
    if (trial.used && !trial.used->empty()) append_party_spending(object.member("used"), *trial.used);
    if (is_bad(trial)) append_reason(object, cell, trial, kinds);
    object.close();
  }

  void append_reason(json_object_writer& object, cell_record const& cell, trial_record const& trial,
                     std::set<std::string>& kinds) const {
    auto const detail = load_detail(run_, cell, trial);
    object.text("why", reason_of(trial, detail->judged));
    if (trial.outcome == outcome_class::failed) {
      add_kinds_not_met(detail->judged, kinds);
    } else {
      kinds.insert(bad_type(trial, detail->judged));
    }
  }

  run_record const& run_;
  report_options const& options_;
  input_table<scenario> scenarios_;
  input_table<persona> personas_;
  std::unordered_map<std::string, compared_cell const*> compared_;
};

}  // namespace

std::string html_index(run_record const& run, std::vector<html_cell> const& cells,
                       report_options const& options) {
  return index_writer(run, options).write(cells);
}

}  // namespace parley
