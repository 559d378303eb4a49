// What is known about a run while it goes on: how far it is, what is being held, why cells are bad so far.
// Bounded by the cells that are running.
#pragma once

#include "runner/run/run_event.hpp"

#include <chrono>
#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>

namespace parley {

class progress_state {
 public:
  using moment = std::chrono::steady_clock::time_point;

  struct running_trial {
    cell_id of;
    int trial = 1;
    int trials = 1;
    int attempt = 1;
    moment since;
    std::shared_ptr<trial_detail const> so_far;  // may be null
  };

  void apply(run_event const& event, moment now);

  std::size_t total() const { return total_; }
  std::size_t done() const { return done_; }
  std::list<running_trial> const& running() const { return running_; }  // the oldest first
  moment started() const { return started_; }
  moment last_finished() const { return last_finished_; }

  // Why the cell is bad so far, as its first bad trial said; asked for once, when the cell is finished.
  std::string take_reason(cell_id const& cell);
  // "2 failed, 1 errored"; empty when all is well.
  std::string bad_text() const;

 private:
  void begin(trial_started const& started, moment now);
  void finish(trial_finished const& finished, moment now);
  void count(cell_record const& cell);

  std::size_t total_ = 0;
  std::size_t done_ = 0;
  int failed_ = 0;
  int errored_ = 0;
  int flaky_ = 0;
  std::list<running_trial> running_;
  std::map<std::pair<cell const*, int>, std::list<running_trial>::iterator> places_;  // of a cell's trial
  struct known_reason {
    std::string text;
    bool of_failure = false;
  };
  std::unordered_map<cell_id, known_reason> reasons_;
  moment started_{};
  moment last_finished_{};
};

}  // namespace parley
