// A journal and a listener that keep what they hear, so that a test can look at it.
#pragma once

#include "runner/ports/event_listener.hpp"
#include "runner/ports/run_journal.hpp"
#include "runner/run/run_event.hpp"

#include <vector>

namespace parley::test {

class memory_journal final : public run_journal {
 public:
  outcome<void> append(std::span<run_event const> events) override {
    ++writes;
    if (full) return failure(failure_code::unreadable, "no space left on device");
    kept.insert(kept.end(), events.begin(), events.end());
    return {};
  }
  outcome<void> finish() override { return {}; }

  std::vector<run_event> kept;
  int writes = 0;
  bool full = false;
};

class collected_events final : public event_listener {
 public:
  void on_event(run_event const& event) override { heard.push_back(event); }

  // All events of one kind, in order.
  template <class Event>
  std::vector<Event> of() const {
    std::vector<Event> found;
    for (run_event const& event : heard)
      if (auto const* e = std::get_if<Event>(&event.what)) found.push_back(*e);
    return found;
  }

  std::vector<run_event> heard;
};

}  // namespace parley::test
