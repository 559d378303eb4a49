#include "adapters/http/event_stream.hpp"

namespace parley {

event_stream::event_stream(std::size_t limit) : limit_(limit) {}

event_stream::progress event_stream::put(std::string_view piece, receiver const& receive) {
  while (!piece.empty()) {
    if (after_cr_ && piece.front() == '\n') piece.remove_prefix(1);
    after_cr_ = false;
    auto const end = piece.find_first_of("\r\n");
    line_.append(piece.substr(0, end));
    if (line_.size() + data_.size() > limit_) return progress::too_large;
    if (end == std::string_view::npos) break;
    after_cr_ = piece[end] == '\r';
    piece.remove_prefix(end + 1);
    if (auto const reached = end_line(receive); reached != progress::needs_more) return reached;
  }
  return progress::needs_more;
}

event_stream::progress event_stream::finish(receiver const& receive) {
  if (!line_.empty()) {
    if (auto const reached = end_line(receive); reached != progress::needs_more) return reached;
  }
  return dispatch(receive);
}

event_stream::progress event_stream::end_line(receiver const& receive) {
  std::string_view line = line_;
  if (first_line_ && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
  first_line_ = false;
  auto const reached = line.empty() ? dispatch(receive) : progress::needs_more;
  if (!line.empty()) take_field(line);
  line_.clear();
  return reached;
}

void event_stream::take_field(std::string_view line) {
  auto const colon = line.find(':');
  auto const name = line.substr(0, colon);
  auto value = colon == std::string_view::npos ? std::string_view{} : line.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  if (name == "data") {
    if (has_data_) data_ += '\n';
    data_.append(value);
    has_data_ = true;
  } else if (name == "event") {
    type_ = value;
  } else if (name == "id" && value.find('\0') == std::string_view::npos) {
    id_ = value;
  }  // comments begin with the colon; `retry` and unknown fields say nothing to us
}

event_stream::progress event_stream::dispatch(receiver const& receive) {
  bool more = true;
  if (has_data_) {
    server_event const event{type_.empty() ? std::string_view("message") : type_, data_, id_};
    more = receive(event);
  }
  type_.clear();
  data_.clear();
  has_data_ = false;
  return more ? progress::needs_more : progress::stopped;
}

}  // namespace parley
