#include "reports/baseline_json.hpp"

#include "reports/json_append.hpp"
#include "reports/stored_form.hpp"
#include "runner/inputs/run_plan.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace parley {
namespace {

using nlohmann::json;

// ------------------------------------------------------------------------------------------------ writing

// A letter per trial: P, F, or - where there is no verdict.
std::string letters_of(measured_cell const& cell) {
  std::string letters;
  for (auto const& trial : cell.decided) {
    auto const at = static_cast<std::size_t>(std::max(1, trial.number)) - 1;
    if (letters.size() <= at) letters.resize(at + 1, '-');
    letters[at] = trial.passed ? 'P' : 'F';
  }
  return letters;
}

void append_pin(std::string& out, pinned_input const& pin) {
  out += '\n';
  json_object_writer object(out);
  object.word("kind", to_text(pin.kind));
  if (!pin.slot.empty()) object.text("slot", pin.slot);
  object.text("name", pin.name);
  if (!pin.label.empty()) object.text("label", pin.label);
  object.text("digest", pin.digest);
  object.close();
}

// Trials whose seed is not the one that follows from the run's: an invalid user was replaced.
void append_seeds(json_object_writer& object, measured_run const& run, measured_cell const& cell) {
  bool any = false;
  std::string seeds;
  json_object_writer other(seeds);
  for (auto const& trial : cell.decided) {
    if (trial.seed == trial_seed(run.seed, cell.id, trial.number)) continue;
    other.number(std::to_string(trial.number), trial.seed);
    any = true;
  }
  other.close();
  if (any) object.member("seeds") += seeds;
}

void append_cell(std::string& out, measured_run const& run, measured_cell const& cell) {
  out += '\n';
  json_object_writer object(out);
  auto const count = cell.count();
  object.text("id", cell.id.value);
  object.text("scenario", cell.scenario);
  object.word("outcome", to_text(cell.outcome));
  if (cell.flaky) object.flag("flaky", true);
  if (cell.quarantined) object.flag("quarantined", true);
  object.number("passed", count.passed);
  object.number("failed", count.failed);
  object.number("without_verdict", cell.without_verdict);
  object.word("verdicts", letters_of(cell));
  if (cell.trial_time.count() > 0)
    object.number("trial_ms", std::max<long>(1, cell.trial_time.count() / 1000));
  append_seeds(object, run, cell);
  if (cell.until_decided) object.number("until_decided", cell.most_trials);
  append_array(object.member("pins"), cell.pins,
               [](std::string& to, std::size_t at) { append_number(to, at); });
  object.close();
}

// ------------------------------------------------------------------------------------------------ reading

changed_kind kind_from(std::string const& word) {
  return enumerator_of(
      word, {changed_kind::agent, changed_kind::scenario, changed_kind::persona, changed_kind::judge,
             changed_kind::model, changed_kind::configuration, changed_kind::tool});
}

void read_trials(measured_cell& read, json const& form, std::uint64_t run_seed) {
  auto const letters = form.at("verdicts").get<std::string>();
  auto const& seeds = member_or_null(form, "seeds");
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (letters[i] != 'P' && letters[i] != 'F' && letters[i] != '-')
      throw std::runtime_error("'verdicts' of " + read.id.value + " is made of P, F and -");
    if (letters[i] == '-') continue;
    int const number = static_cast<int>(i) + 1;
    auto const own = trial_seed(run_seed, read.id, number);
    auto const seed = seeds.is_object() ? unsigned_or(seeds, std::to_string(number).c_str(), own) : own;
    read.decided.push_back({number, seed, letters[i] == 'P'});
  }
  auto const count = read.count();
  if (count.passed != integer_or(form, "passed", count.passed) ||
      count.failed != integer_or(form, "failed", count.failed))
    throw std::runtime_error("the counts of " + read.id.value + " are not those of its verdicts");
}

measured_cell cell_from(json const& form, measured_run const& run) {
  measured_cell read;
  read.id = cell_id(form.at("id").get<std::string>());
  read.scenario = form.at("scenario").get<std::string>();
  read.outcome = enumerator_of(form.at("outcome").get<std::string>(),
                               {cell_outcome::passed, cell_outcome::failed, cell_outcome::errored,
                                cell_outcome::skipped, cell_outcome::not_run});
  read.flaky = flag_or(form, "flaky", false);
  read.quarantined = flag_or(form, "quarantined", false);
  read.without_verdict = static_cast<int>(integer_or(form, "without_verdict", 0));
  read.trial_time = std::chrono::milliseconds(integer_or(form, "trial_ms", 0));
  read_trials(read, form, run.seed);
  read.most_trials = static_cast<int>(integer_or(form, "until_decided", 0));
  read.until_decided = read.most_trials > 0;
  if (!read.until_decided) read.most_trials = static_cast<int>(read.decided.size()) + read.without_verdict;
  for (auto const& pin : member_or_null(form, "pins")) {
    auto const at = pin.get<std::size_t>();
    if (at >= run.pins.size()) throw std::runtime_error("a pin of " + read.id.value + " does not exist");
    read.pins.push_back(at);
  }
  return read;
}

measured_run run_from(json const& form) {
  require_format(form, baseline_format);
  measured_run run;
  auto const& told = form.at("run");
  run.told.name = told.at("id").get<std::string>();
  if (told.contains("started_at")) run.told.started_at = time_or_epoch(told, "started_at");
  run.seed = told.at("seed").get<std::uint64_t>();
  for (auto const& one : member_or_null(form, "pins"))
    run.pins.push_back({kind_from(one.at("kind").get<std::string>()), text_or_empty(one, "slot"),
                        one.at("name").get<std::string>(), text_or_empty(one, "label"),
                        one.at("digest").get<std::string>()});
  for (auto const& one : form.at("cells")) run.cells.push_back(cell_from(one, run));
  for (auto const& [digest, text] : member_or_null(form, "texts").items())
    run.texts.emplace(digest, text.get<std::string>());
  return run;
}

// Other files of ours that a reader may take for a baseline; empty: it may be one.
std::string taken_for_one(json const& form) {
  if (!form.is_object()) return "it is no baseline file, which 'parley baseline update' writes";
  auto const& run = member_or_null(form, "run");
  if (run.is_object() && run.contains("exit_code") && form.contains("counts")) {
    auto const& id = member_or_null(run, "id");
    return "this is a json report: name the run" +
           (id.is_string() ? ", " + id.get<std::string>() : std::string()) + ", or a baseline file";
  }
  if (form.contains("verdict") && form.contains("base"))
    return "this is a comparison: name one of its runs, or a baseline file";
  if (!run.is_object() || !form.contains("cells"))
    return "it is no baseline file, which 'parley baseline update' writes";
  return {};
}

}  // namespace

std::string baseline_text(measured_run const& run, bool with_texts) {
  std::string out = "{\"format\":" + std::to_string(baseline_format) + ",\n\"run\":";
  json_object_writer told(out);
  told.text("id", run.told.name);
  if (run.told.started_at) told.time("started_at", *run.told.started_at);
  told.number("seed", run.seed);
  told.close();
  out += ",\n\"pins\":";
  append_array(out, run.pins, append_pin);
  out += ",\n\"cells\":";
  append_array(out, run.cells,
               [&](std::string& to, measured_cell const& cell) { append_cell(to, run, cell); });
  if (with_texts) {
    json texts = run.texts;
    out += ",\n\"texts\":" + texts.dump(-1, ' ', false, json::error_handler_t::replace);
  }
  return out + "}\n";
}

outcome<measured_run> read_baseline(std::string_view text) {
  auto const parsed = parse_json(text);
  if (!parsed.ok) return failure{failure_code::unreadable, "baseline: " + parsed.error};
  if (auto const other = taken_for_one(parsed.value.get()); !other.empty())
    return failure{failure_code::invalid_input, other};
  return read_stored("baseline", [&] { return run_from(parsed.value.get()); });
}

}  // namespace parley
