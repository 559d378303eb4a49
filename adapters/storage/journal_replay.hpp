// Recorded events, applied one after another, become a run record again. No files here.
#pragma once

#include "adapters/storage/journal_contents.hpp"
#include "reports/event_lines.hpp"

#include <cstdint>
#include <optional>
#include <unordered_map>

namespace parley {

class journal_replay {
 public:
  journal_replay() { contents_.index = std::make_shared<journal_index>(); }

  // `offset` and `length` say where the event's line stands. Failure: the event does not fit what came
  // before.
  outcome<void> apply(stored_event event, std::uint64_t offset, std::size_t length);

  bool has_started() const { return contents_.plan != nullptr; }
  // Settles every cell. Called once, at the end, after a start.
  journal_contents take();

 private:
  void start(stored_start started);
  outcome<void> add_trial(stored_trial finished, std::uint64_t offset, std::size_t length);
  void end_cell(stored_cell_end const& ended);
  void warn(std::string text);
  void finish(run_finished const& finished);
  void close_session();

  journal_contents contents_;
  std::unordered_map<cell_id, std::size_t> cell_numbers_;
  std::optional<wall_time> session_start_;  // nullopt: not known before its first trial
  wall_time last_seen_{};
  bool session_open_ = false;
};

}  // namespace parley
