// The stored form of a run event: one JSON object on one line, version 1. In a journal every line carries a
// checksum of all that follows it; see parley schema events.
#pragma once

#include "reports/redaction.hpp"
#include "reports/report.hpp"
#include "runner/failure.hpp"
#include "runner/run/run_event.hpp"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace parley {

inline constexpr int event_version = 1;

// Appends the members of one event and the closing brace: `"event":"trial_finished",...}`. What stands before
// (the version, in a journal the checksum) is the caller's. The detail of a trial is free of secrets already;
// `mask` is for everything else.
void append_event_members(std::string& out, run_event const& event, redaction const& mask);

// `{"v":1,"event":...}` and a newline.
void append_event_line(std::string& out, run_event const& event, redaction const& mask);

// A trial as it is read back: light, without its detail.
struct stored_trial {
  cell_id of;
  trial_record record;
  bool will_retry = false;
};
struct stored_start {
  run_facts facts;
  run_plan plan;
};
// Of a cell that was sampled until its verdict stood.
struct stored_cell_end {
  cell_id of;
  int enough = 0;
};
struct unneeded_event {
};  // trial_started, other ends of cells, events of later versions: they tell nothing new

using stored_event =
    std::variant<unneeded_event, stored_start, stored_trial, stored_cell_end, run_warned, run_finished>;

// Reads what append_event_members wrote. The heavy part of a trial is passed over unread. Failure:
// unreadable.
outcome<stored_event> read_event_members(std::string_view members);
// The detail of a trial_finished event. Failure: unreadable.
outcome<trial_detail> read_event_detail(std::string_view members);

}  // namespace parley
