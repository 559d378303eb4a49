#include "adapters/http/answer_stream.hpp"

namespace parley {

answer_stream::answer_stream(std::size_t limit, receiver take)
    : events_(limit), take_([take = std::move(take)](server_event const& event) {
        bool const blank = event.data.find_first_not_of(" \t\r\n") == std::string_view::npos;
        return blank || take(event.data);
      }) {}

bool answer_stream::pass_on(event_stream::progress reached) {
  too_large_ = reached == event_stream::progress::too_large;
  stopped_ = reached != event_stream::progress::needs_more;
  return !stopped_;
}

bool answer_stream::put(std::string_view piece) {
  if (!began_) {
    auto const first = piece.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return true;
    began_ = true;
    if (piece[first] == '{') whole_ = piece.substr(first);
  } else if (!whole_.empty()) {
    whole_ += piece;
  }
  if (!whole_.empty()) return true;  // the connection keeps the body within its limit
  return pass_on(events_.put(piece, take_));
}

void answer_stream::finish() {
  if (stopped_ || !whole_.empty()) return;
  pass_on(events_.finish(take_));
}

}  // namespace parley
