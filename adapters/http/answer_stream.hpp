// A body that was asked for as server-sent events: the data of each is handed over. A server that replies
// with one JSON value all the same is found out by its first character. No I/O.
#pragma once

#include "adapters/http/event_stream.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace parley {

class answer_stream {
 public:
  using receiver = std::function<bool(std::string_view data)>;  // false: no more wanted
  answer_stream(std::size_t limit, receiver take);              // bytes of one event

  bool put(std::string_view piece);  // false: no more wanted
  void finish();                     // the body has ended
  bool too_large() const { return too_large_; }
  // The reply that was not streamed; empty when it was.
  std::string const& whole() const { return whole_; }

 private:
  bool pass_on(event_stream::progress reached);

  event_stream events_;
  event_stream::receiver take_;
  std::string whole_;
  bool began_ = false;
  bool too_large_ = false;
  bool stopped_ = false;
};

}  // namespace parley
