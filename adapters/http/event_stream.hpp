// Server-sent events taken out of a stream of bytes, as the HTML standard says: lines end with CR, LF or
// CRLF, a byte order mark at the beginning is skipped. No I/O.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace parley {

// Valid during the call that hands it over.
struct server_event {
  std::string_view type;  // "message" when the event names none
  std::string_view data;  // its data lines, joined by newlines
  std::string_view id;    // the last one the stream gave
};

class event_stream {
 public:
  // `limit`: bytes of one event. The receiver returns false when it wants no more.
  using receiver = std::function<bool(server_event const&)>;
  explicit event_stream(std::size_t limit);

  enum class progress { needs_more, stopped, too_large };
  progress put(std::string_view piece, receiver const& receive);

  // The stream has ended. The standard drops an event without the empty line behind it; servers of replies
  // forget that line, so what is whole is handed over.
  progress finish(receiver const& receive);

 private:
  progress end_line(receiver const& receive);
  progress dispatch(receiver const& receive);
  void take_field(std::string_view line);

  std::size_t limit_;
  std::string line_;
  std::string type_;
  std::string data_;
  std::string id_;
  bool has_data_ = false;
  bool first_line_ = true;
  bool after_cr_ = false;  // a LF that comes now belongs to the CR before it
};

}  // namespace parley
