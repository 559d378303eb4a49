// One event to many listeners, in the order in which they were added.
#pragma once

#include "runner/ports/event_listener.hpp"

#include <memory>
#include <vector>

namespace parley {

class listener_fanout : public event_listener {
 public:
  void add(std::shared_ptr<event_listener> listener);
  void on_event(run_event const& event) override;

 private:
  std::vector<std::shared_ptr<event_listener>> listeners_;
};

}  // namespace parley
