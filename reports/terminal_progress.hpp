// How far the run is, for somebody who watches: a bar that is drawn again in place on a terminal, one line
// per finished cell elsewhere. Writes to a stream that outlives it; used on the run's io thread.
#pragma once

#include "reports/progress_state.hpp"
#include "reports/redaction.hpp"
#include "reports/terminal_style.hpp"
#include "runner/ports/event_listener.hpp"

#include <chrono>
#include <functional>
#include <iosfwd>
#include <string>

namespace parley {

enum class progress_style { bar, lines, none };

struct progress_settings {
  progress_style style = progress_style::lines;
  bool colour = false;
  bool only_bad = false;                                       // -q: no lines for what passed
  std::size_t columns = 80;                                    // of the terminal, for the bar
  std::function<std::chrono::steady_clock::time_point()> now;  // required
  redaction mask;                                              // for what is shown of running conversations
};

class terminal_progress : public event_listener {
 public:
  terminal_progress(std::ostream& out, progress_settings settings);
  // Takes the bar away.
  ~terminal_progress() override;
  terminal_progress(terminal_progress const&) = delete;
  terminal_progress& operator=(terminal_progress const&) = delete;

  void on_event(run_event const& event) override;

  // To be called about ten times a second with a bar, and at least every few seconds with lines: draws the
  // bar again; says that the run is alive when nothing has finished for 30 seconds.
  void on_tick();

  // What is running, for how long, and the last two turns of each: on `t` and SIGUSR1, whatever the style.
  void describe_running();

 private:
  void print(std::string const& line);  // above the bar
  void print_cell(cell_record const& cell, std::string const& reason);
  void print_heartbeat();
  void draw_bar();
  void erase_bar();
  std::string bar_line() const;
  std::string running_line(progress_state::running_trial const& trial) const;
  std::string said_lately(progress_state::running_trial const& trial) const;

  std::ostream& out_;
  progress_settings settings_;
  terminal_style style_;
  progress_state state_;
  progress_state::moment now_{};  // read once per step
  progress_state::moment last_sign_{};
  std::size_t drawn_ = 0;  // lines of the bar on the screen
  bool ended_ = false;
};

}  // namespace parley
