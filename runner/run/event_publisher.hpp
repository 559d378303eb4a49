// Collects the events of one turn of the io loop and hands them on together: first to the journal (one
// write), then to the listeners, so that nothing is shown that a crash could take back.
#pragma once

#include "runner/failure.hpp"
#include "runner/ports/event_listener.hpp"
#include "runner/ports/run_journal.hpp"
#include "runner/run/run_event.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <optional>
#include <vector>

namespace parley {

class event_publisher {
 public:
  // Journal and listeners are borrowed; `journal` may be null (a dry run). Lives as long as its executor has
  // work of its own.
  event_publisher(boost::asio::any_io_executor executor, run_journal* journal,
                  std::vector<event_listener*> listeners);

  void publish(run_event event);
  void flush();
  // The first failure of the journal: from then on events reach the listeners only.
  std::optional<failure> const& journal_failure() const { return failure_; }
  // What was warned of so far, each text once.
  std::vector<std::string> const& warnings() const { return warnings_; }

 private:
  boost::asio::any_io_executor executor_;
  run_journal* journal_;
  std::vector<event_listener*> listeners_;
  std::vector<run_event> pending_;
  std::optional<failure> failure_;
  std::vector<std::string> warnings_;
};

}  // namespace parley
