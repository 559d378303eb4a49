#include "reports/transcript_text.hpp"

#include "reports/cell_summary.hpp"
#include "reports/criteria_text.hpp"
#include "reports/safe_text.hpp"
#include "reports/time_text.hpp"
#include "reports/utf8_text.hpp"
#include "runner/amount_text.hpp"
#include "runner/inputs/local_time.hpp"

#include <array>
#include <cstdio>
#include <ostream>

namespace parley {
namespace {

std::string gutter_of(message const& said) {
  std::array<char, 32> text{};
  auto const who = to_text(said.from);
  if (said.from_history) {
    std::snprintf(text.data(), text.size(), "   - %-6.*s| ", static_cast<int>(who.size()), who.data());
  } else {
    std::snprintf(text.data(), text.size(), "%4d %-6.*s| ", said.turn, static_cast<int>(who.size()),
                  who.data());
  }
  return text.data();
}

void append_lines(std::string& out, std::string const& gutter, std::string_view text) {
  while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  while (true) {
    auto const end = text.find('\n');
    out += gutter;
    out += text.substr(0, end);
    out += '\n';
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

std::string result_text(message const& said) {
  auto const& result = said.result;
  std::string text = result.name;
  if (result.source == answered_by::mock) text += " (mock)";
  text += result.is_error ? " ERROR: " : ": ";
  return text + text_of(said);
}

void append_message(std::string& out, message const& said) {
  auto const gutter = gutter_of(said);
  if (said.from == role::tool) {
    append_lines(out, gutter, result_text(said));
    return;
  }
  if (!said.content.empty() || said.tool_calls.empty()) append_lines(out, gutter, said.content);
  for (auto const& call : said.tool_calls)
    append_lines(
        out, gutter,
        "calls " + call.name + (call.arguments.is_null() ? std::string() : " " + call.arguments.dump()));
}

std::string ending(transcript const& sealed) {
  std::string text = "stopped: ";
  text += sealed.stopped ? to_text(*sealed.stopped) : "not said";
  text += " after " + counted(sealed.interactions, "interaction");
  if (sealed.duration.count() > 0) text += ", " + short_duration(sealed.duration);
  return text + "\n";
}

}  // namespace

std::string transcript_lines(transcript const& sealed) {
  std::string out;
  for (auto const& said : sealed.messages) append_message(out, said);
  out += ending(sealed);
  if (sealed.error) out += "error: " + sealed.error->type + ": " + sealed.error->message + "\n";
  for (auto const& note : sealed.notes) append_lines(out, "note: ", note);
  return out;
}

std::string turn_lines(transcript const& sealed, int turn) {
  std::string out;
  for (auto const& said : sealed.messages)
    if (said.turn == turn && !said.from_history) append_message(out, said);
  return out;
}

std::string head_and_tail(std::string text, std::size_t limit) {
  if (text.size() <= limit) return text;
  auto const head = cut_before(text, limit / 2);
  auto const tail = cut_after(text, text.size() - limit / 2);
  return text.substr(0, head) + "\n[... " + std::to_string(tail - head) + " bytes left out ...]\n" +
         text.substr(tail);
}

std::string transcript_file_name(cell_id const& cell, int trial) {
  return slug(cell.value) + "-" + std::to_string(trial) + ".txt";
}

void write_transcript_text(cell_record const& cell, trial_record const& trial, trial_detail const& detail,
                           std::ostream& out) {
  auto const& planned = *cell.planned;
  out << safe_line(planned.id.value) << ", " << trial_name(cell, trial) << ": " << to_text(trial.outcome)
      << '\n'
      << safe_line(planned.scenario_used->name) << " / " << safe_line(planned.persona_used->name)
      << ", agent " << safe_line(planned.agent) << ", seed " << trial.seed << ", "
      << to_rfc3339(trial.started_at) << "\n\n";
  if (auto const criteria = criteria_lines(detail.judged); !criteria.empty())
    out << safe_text(criteria) << '\n';
  out << safe_text(transcript_lines(detail.conversation));
}

}  // namespace parley
