// Hears what happens in a run. Called on the run's io thread, in order; must not block for long.
#pragma once

namespace parley {

struct run_event;

class event_listener {
 public:
  virtual ~event_listener() = default;
  virtual void on_event(run_event const& event) = 0;
};

}  // namespace parley
