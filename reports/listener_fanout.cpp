#include "reports/listener_fanout.hpp"

namespace parley {

void listener_fanout::add(std::shared_ptr<event_listener> listener) {
  listeners_.push_back(std::move(listener));
}

void listener_fanout::on_event(run_event const& event) {
  for (auto const& listener : listeners_) listener->on_event(event);
}

}  // namespace parley
