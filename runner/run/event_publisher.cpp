#include "runner/run/event_publisher.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>

namespace parley {

event_publisher::event_publisher(boost::asio::any_io_executor executor, run_journal* journal,
                                 std::vector<event_listener*> listeners)
    : executor_(std::move(executor)), journal_(journal), listeners_(std::move(listeners)) {}

void event_publisher::publish(run_event event) {
  if (auto const* const warned = std::get_if<run_warned>(&event.what);
      warned && std::find(warnings_.begin(), warnings_.end(), warned->text) == warnings_.end())
    warnings_.push_back(warned->text);
  bool const first = pending_.empty();
  pending_.push_back(std::move(event));
  if (first) boost::asio::post(executor_, [this] { flush(); });
}

void event_publisher::flush() {
  if (pending_.empty()) return;
  std::vector<run_event> ready;
  ready.swap(pending_);
  if (journal_ != nullptr && !failure_) {
    outcome<void> const written = journal_->append(ready);
    if (!written) failure_ = written.error();
  }
  for (run_event const& event : ready)
    for (event_listener* listener : listeners_) listener->on_event(event);
}

}  // namespace parley
