// One session of a run, from a pinned plan to a finished journal: agents, clock, signals, journal and
// listeners are put together here and nowhere else.
#pragma once

#include "adapters/cassettes/cassette.hpp"
#include "adapters/cli/settings.hpp"
#include "adapters/storage/journal_contents.hpp"
#include "reports/redaction.hpp"
#include "runner/failure.hpp"
#include "runner/ports/event_listener.hpp"
#include "runner/run/run_record.hpp"
#include "runner/run/stop_request.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace parley {

struct measured_run;

struct session_request {
  settings const* configuration = nullptr;  // borrowed
  std::shared_ptr<run_plan const> plan;
  run_facts facts;                               // its `directory` exists
  journal_contents const* resumed = nullptr;     // borrowed; null: a new run
  std::shared_ptr<measured_run const> baseline;  // null: there is none
  cassette* tape = nullptr;                      // borrowed; null: the run is neither recorded nor replayed
  redaction mask;
  std::vector<std::string> warnings;       // of loading: told when it begins, kept in its reports
  std::vector<event_listener*> listeners;  // borrowed
  std::function<void()> on_tick;           // ten times a second, on the run's thread
  std::function<void(stop_request::level)> on_interrupt;  // after Ctrl-C or TERM
  std::function<void()> on_question;                      // `t` was pressed, or SIGUSR1 came
};

// A run put together, to be held on a loop that others use too.
class held_session {
 public:
  // `io` outlives it; signals and ticks are the caller's affair. Failure: what keeps it from starting.
  static outcome<std::unique_ptr<held_session>> make(session_request request, boost::asio::io_context& io);
  ~held_session();

  // Endpoints that make the run wait become its warnings. Only for a run that has the loop to itself.
  void watch_endpoints(boost::asio::io_context& io);

  // Once; `stop` outlives it. The record's details can be read afterwards, also without this object.
  boost::asio::awaitable<run_record> hold(stop_request& stop);

 private:
  struct parts;
  explicit held_session(std::unique_ptr<parts> made);
  std::unique_ptr<parts> parts_;
};

// Holds the run on a loop of its own and returns it with its details readable. Failure: what kept it from
// starting.
outcome<run_record> hold_session(session_request request);

}  // namespace parley
