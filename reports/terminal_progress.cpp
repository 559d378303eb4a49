#include "reports/terminal_progress.hpp"

#include "reports/cell_line.hpp"
#include "reports/safe_text.hpp"
#include "reports/time_text.hpp"
#include "reports/transcript_text.hpp"
#include "reports/utf8_text.hpp"
#include "runner/amount_text.hpp"

#include <algorithm>
#include <ostream>

namespace parley {
namespace {

constexpr std::size_t most_shown = 8;
constexpr std::size_t most_described = 20;
constexpr std::size_t most_said = 4096;  // bytes of one conversation
constexpr std::size_t bar_width = 24;
constexpr std::chrono::seconds silence{30};

std::string since(progress_state::moment then, progress_state::moment now) {
  return short_duration(std::chrono::duration_cast<std::chrono::microseconds>(now - then));
}

std::string padded_left(std::string text, std::size_t width) {
  if (text.size() < width) text.insert(0, width - text.size(), ' ');
  return text;
}

}  // namespace

terminal_progress::terminal_progress(std::ostream& out, progress_settings settings)
    : out_(out), settings_(std::move(settings)), style_(settings_.colour) {}

terminal_progress::~terminal_progress() {
  erase_bar();
}

void terminal_progress::on_event(run_event const& event) {
  now_ = settings_.now();
  state_.apply(event, now_);
  auto const* const settled = std::get_if<cell_finished>(&event.what);
  auto const reason = settled ? state_.take_reason(settled->cell.planned->id) : std::string();
  if (settings_.style == progress_style::none) return;
  if (std::holds_alternative<run_started>(event.what)) last_sign_ = now_;
  if (auto const* const warned = std::get_if<run_warned>(&event.what))
    print(style_.warning("warning: ") + safe_line(warned->text));
  if (settled) print_cell(settled->cell, reason);
  if (std::holds_alternative<run_finished>(event.what)) {
    ended_ = true;
    erase_bar();
    out_.flush();
  }
}

void terminal_progress::on_tick() {
  if (ended_ || settings_.style == progress_style::none || state_.total() == 0) return;
  now_ = settings_.now();
  if (settings_.style == progress_style::bar) {
    erase_bar();
    draw_bar();
    out_.flush();
  } else if (now_ - std::max(last_sign_, state_.last_finished()) >= silence) {
    print_heartbeat();
    last_sign_ = now_;
  }
}

void terminal_progress::describe_running() {
  now_ = settings_.now();
  auto const count = state_.running().size();
  std::string text = counter_text(state_.done(), state_.total()) + " after " + since(state_.started(), now_) +
                     ", running: " + counted(count, "conversation");
  std::size_t described = 0;
  for (auto const& trial : state_.running()) {
    if (described == most_described) break;
    ++described;
    text += "\n" + running_line(trial) + said_lately(trial);
  }
  if (described < count)
    text += "\n" + padded_left("", 8) + "  and " + std::to_string(count - described) + " younger";
  print(text);
}

// The last two turns, and which one is being held.
std::string terminal_progress::said_lately(progress_state::running_trial const& trial) const {
  if (!trial.so_far) return {};
  auto const& conversation = trial.so_far->conversation;
  int const turn = conversation.interactions;
  trial_detail shown;
  for (auto const& said : conversation.messages)
    if (said.turn + 1 >= turn) shown.conversation.messages.push_back(said);
  settings_.mask.apply(shown);
  std::string lines;
  for (int number = std::max(turn - 1, 0); number <= turn; ++number)
    lines += turn_lines(shown.conversation, number);
  if (lines.empty()) lines = "nothing said yet\n";
  lines = safe_text(head_and_tail(std::move(lines), most_said));
  std::string text;
  for (std::size_t from = 0; from < lines.size();) {
    auto const end = std::min(lines.find('\n', from), lines.size());
    text += "\n" + padded_left("", 8) + style_.faint(lines.substr(from, end - from));
    from = end + 1;
  }
  return text;
}

void terminal_progress::print(std::string const& line) {
  auto const had_bar = drawn_ > 0;
  erase_bar();
  out_ << line << '\n';
  if (had_bar) draw_bar();
  out_.flush();
}

// On a terminal only what is bad stays on the screen; the bar counts the rest.
void terminal_progress::print_cell(cell_record const& cell, std::string const& reason) {
  bool const bad =
      cell.flaky || cell.outcome == cell_outcome::failed || cell.outcome == cell_outcome::errored;
  bool const bar = settings_.style == progress_style::bar;
  if (!bad && (bar || settings_.only_bad)) return;
  auto const line = cell_line(cell, reason, style_);
  print(bar ? line : style_.faint(counter_text(state_.done(), state_.total())) + " " + line);
}

void terminal_progress::print_heartbeat() {
  auto const& running = state_.running();
  auto line = counter_text(state_.done(), state_.total()) + " still running after " +
              since(state_.started(), now_) + ": " + counted(running.size(), "conversation");
  if (!running.empty())
    line +=
        ", the longest " + safe_line(running.front().of.value) + " for " + since(running.front().since, now_);
  print(style_.faint(line));
}

std::string terminal_progress::bar_line() const {
  auto const filled = state_.total() == 0 ? 0 : state_.done() * bar_width / state_.total();
  std::string full;
  std::string rest;
  for (std::size_t i = 0; i < bar_width; ++i) (i < filled ? full : rest) += "━";
  auto line = style_.good(full) + style_.faint(rest) + "  " + std::to_string(state_.done()) + "/" +
              std::to_string(state_.total());
  if (auto const bad = state_.bad_text(); !bad.empty()) line += "  " + style_.bad(bad);
  return line + "  " + style_.faint(since(state_.started(), now_));
}

std::string terminal_progress::running_line(progress_state::running_trial const& trial) const {
  auto line = padded_left(since(trial.since, now_), 8) + "  " + safe_line(trial.of.value);
  if (trial.trials > 1) line += "  trial " + std::to_string(trial.trial) + "/" + std::to_string(trial.trials);
  if (trial.attempt > 1) line += "  attempt " + std::to_string(trial.attempt);
  // A line that wraps could not be taken away again.
  return shortened(line, settings_.columns > 1 ? settings_.columns - 1 : 1);
}

void terminal_progress::draw_bar() {
  out_ << bar_line() << '\n';
  drawn_ = 1;
  auto const& running = state_.running();
  for (auto const& trial : running) {
    if (drawn_ > most_shown) break;
    out_ << style_.faint(running_line(trial)) << '\n';
    ++drawn_;
  }
  if (running.size() > most_shown) {
    out_ << style_.faint(padded_left("", 8) + "  and " + std::to_string(running.size() - most_shown) +
                         " more")
         << '\n';
    ++drawn_;
  }
}

void terminal_progress::erase_bar() {
  if (drawn_ == 0) return;
  out_ << "\r\x1b[" << drawn_ << "A\x1b[0J";  // up to the bar's first line, and clear from there
  drawn_ = 0;
}

}  // namespace parley
