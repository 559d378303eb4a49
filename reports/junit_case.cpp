#include "reports/junit_case.hpp"

#include "reports/cell_summary.hpp"
#include "reports/criteria_text.hpp"
#include "reports/time_text.hpp"
#include "reports/transcript_text.hpp"
#include "reports/utf8_text.hpp"
#include "reports/xml_text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>

namespace parley {
namespace {

constexpr std::size_t output_limit = std::size_t{16} << 10;
constexpr std::size_t least_output = std::size_t{1} << 10;
constexpr std::size_t longest_message = 500;
constexpr std::size_t body_limit = std::size_t{64} << 10;

// A dot separates the set from the scenario, so neither may hold one.
std::string class_name(cell const& planned) {
  auto set = planned.set;
  std::replace(set.begin(), set.end(), '.', '-');
  return set + "." + slug(planned.scenario_used->name);
}

std::string case_name(cell const& planned) {
  auto name = planned.scenario_used->name + " / " + planned.persona_used->name;
  bool const named = planned.id.value.find('#') != std::string::npos;
  return named ? name + " / " + planned.name : name;
}

std::string pass_rate(trial_counts const& counts) {
  int const decided = counts.passed + counts.failed;
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%.3f",
                decided == 0 ? 0.0 : static_cast<double>(counts.passed) / decided);
  return text.data();
}

// What a bad trial's element says: the message first, because GitLab shows the text alone.
std::string body_of(run_record const& run, cell_record const& cell, trial_record const& trial,
                    trial_detail const& detail, std::string const& message) {
  auto body = message + "\n\n" + trial_name(cell, trial) + ": " + std::string(to_text(trial.outcome)) + "\n";
  if (trial.error) body += trial.error->type + ": " + trial.error->message + "\n";
  body += criteria_lines(detail.judged);
  if (auto const turns = offending_turns(detail.judged, detail.conversation); !turns.empty())
    body += "\n" + turns;
  for (auto const& note : detail.conversation.notes) body += "note: " + note + "\n";
  return head_and_tail(body, body_limit) + "\nagain: " + command_to_repeat(run, cell) + "\n";
}

std::string known_failure_text(cell_record const& cell, compared_cell const& compared) {
  auto text = "does not gate, " + std::string(to_text(compared.word)) + " against the baseline: ";
  if (compared.base)
    text += "passed " + std::to_string(compared.base->passed) + "/" +
            std::to_string(compared.base->decided()) + " there; ";
  return text + trials_text(cell);
}

std::string quarantine_text(cell_record const& cell) {
  return "quarantined: " + *cell.planned->quarantine + " (" + std::string(to_text(cell.outcome)) + ", " +
         trials_text(cell) + ")";
}

}  // namespace

junit_result junit_result_of(cell_record const& cell, compared_cell const* compared) {
  switch (cell.outcome) {
    case cell_outcome::passed:
      return junit_result::passed;
    case cell_outcome::failed:
      if (cell.planned->quarantine || (compared && !compared->gates)) return junit_result::skipped;
      return junit_result::failure;
    case cell_outcome::errored:
      return cell.planned->quarantine ? junit_result::skipped : junit_result::error;
    case cell_outcome::skipped:
    case cell_outcome::not_run:
      break;
  }
  return junit_result::skipped;
}

std::string attachment_path(run_record const& run, report_options const& options, cell_id const& cell,
                            int trial) {
  namespace fs = std::filesystem;
  if (run.facts.directory.empty()) return {};
  auto file = fs::path(run.facts.directory) / "transcripts" / transcript_file_name(cell, trial);
  fs::path base = options.attachments_base;
  if (!options.working_directory.empty()) {
    file = options.working_directory / file;  // an absolute right side stays as it is
    base = options.working_directory / base;
  }
  auto path = file.lexically_normal();
  if (!base.empty())
    if (auto const relative = path.lexically_relative(base.lexically_normal()); !relative.empty())
      path = relative;
  auto text = path.generic_string();
  bool const sayable = std::none_of(text.begin(), text.end(), [](char c) {
    return c == '[' || c == ']' || c == '|' || static_cast<unsigned char>(c) < 0x20;
  });
  return sayable && cleaned_for_xml(text) == text ? text : std::string();
}

void junit_case_writer::write(cell_record const& cell) {
  auto const result = junit_result_of(cell, compared_.find(cell.planned->id));
  bool const bad = result == junit_result::failure || result == junit_result::error;
  auto const* shown = main_trial(cell);
  if (!shown && !cell.trials.empty() && cell.outcome == cell_outcome::passed) shown = &cell.trials.front();
  auto const attachment =
      bad && shown ? attachment_path(run_, options_, cell.planned->id, shown->trial) : std::string();
  write_head(cell);
  if (profile_ == junit_profile::wide) write_properties(cell, attachment);
  write_result(cell, result);
  if (shown && (bad || cell.outcome == cell_outcome::passed)) write_output(cell, *shown, attachment);
  xml_.close();
}

void junit_case_writer::write_head(cell_record const& cell) {
  auto const& planned = *cell.planned;
  xml_.open("testcase");
  xml_.attribute("classname", class_name(planned));
  xml_.attribute("name", case_name(planned));
  xml_.attribute("time", junit_seconds(time_of(cell)));
  if (profile_ == junit_profile::strict || planned.where.file.empty()) return;
  xml_.attribute("file", planned.where.file);
  if (planned.where.line > 0) xml_.attribute("line", static_cast<long>(planned.where.line));
}

void junit_case_writer::write_property(std::string const& name, std::string const& value) {
  xml_.open("property");
  xml_.attribute("name", name);
  xml_.attribute("value", value);
  xml_.close();
}

void junit_case_writer::write_properties(cell_record const& cell, std::string const& attachment) {
  auto const counts = count_trials(cell);
  xml_.open("properties");
  write_property("trials.total", std::to_string(counts.total));
  write_property("trials.passed", std::to_string(counts.passed));
  write_property("trials.failed", std::to_string(counts.failed));
  write_property("trials.errored", std::to_string(counts.errored));
  if (counts.passed + counts.failed > 0) write_property("pass_rate", pass_rate(counts));
  if (!attachment.empty()) write_property("attachment", attachment);
  xml_.close();
}

void junit_case_writer::write_result(cell_record const& cell, junit_result result) {
  auto const* const main = main_trial(cell);  // never null for a failure or an error: one trial made it so
  if (result == junit_result::passed) return write_others(cell, nullptr);
  if (result == junit_result::skipped) {
    if (cell.planned->skip) return write_skipped(*cell.planned->skip);
    if (cell.outcome == cell_outcome::not_run) return write_skipped(not_run_text(run_, cell));
    if (cell.planned->quarantine) return write_skipped(quarantine_text(cell));
    return write_skipped(known_failure_text(cell, *compared_.find(cell.planned->id)));
  }
  if (main) write_main(cell, *main, result == junit_result::failure ? "failure" : "error");
  write_others(cell, main);
}

void junit_case_writer::write_skipped(std::string const& why) {
  xml_.open("skipped");
  xml_.attribute("message", why);
  xml_.text(why);  // without a text of its own GitLab would show the attributes as a dump
  xml_.close();
}

void junit_case_writer::write_main(cell_record const& cell, trial_record const& trial, char const* element) {
  auto const detail = load_detail(run_, cell, trial);
  auto const message =
      trials_text(cell) + ": " + shortened(reason_of(trial, detail->judged), longest_message);
  xml_.open(element);
  xml_.attribute("type", bad_type(trial, detail->judged));
  xml_.attribute("message", message);
  xml_.text(body_of(run_, cell, trial, *detail, message));
  xml_.close();
}

// Failures before errors: the order that the strictest readers ask for.
void junit_case_writer::write_others(cell_record const& cell, trial_record const* main) {
  std::string const kind = cell.outcome == cell_outcome::passed ? "flaky" : "rerun";
  auto const bad = bad_attempts(cell);
  for (bool const failures : {true, false})
    for (auto const* trial : bad)
      if (trial != main && (trial->outcome == outcome_class::failed) == failures)
        write_other(cell, *trial, kind + (failures ? "Failure" : "Error"));
}

void junit_case_writer::write_other(cell_record const& cell, trial_record const& trial,
                                    std::string const& element) {
  auto const detail = load_detail(run_, cell, trial);
  auto const message =
      trial_name(cell, trial) + ": " + shortened(reason_of(trial, detail->judged), longest_message);
  xml_.open(element);
  xml_.attribute("type", bad_type(trial, detail->judged));
  xml_.attribute("message", message);
  xml_.element("stackTrace", body_of(run_, cell, trial, *detail, message));
  xml_.close();
}

void junit_case_writer::write_output(cell_record const& cell, trial_record const& trial,
                                     std::string const& attachment) {
  if (cell.outcome == cell_outcome::passed && passing_output_left_ < least_output) return;
  auto const text =
      head_and_tail(transcript_lines(load_detail(run_, cell, trial)->conversation), output_limit);
  if (cell.outcome == cell_outcome::passed) {
    passing_output_left_ -= std::min(text.size(), passing_output_left_);
  }
  xml_.open("system-out");
  xml_.text(text);
  if (!attachment.empty()) xml_.trusted_text("[[ATTACHMENT|" + attachment + "]]\n");
  xml_.close();
}

}  // namespace parley
