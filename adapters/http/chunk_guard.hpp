// Stands before the parser wherever a body comes in chunks. Boost 1.81's asserts that it is never shown fewer
// than five bytes once it has seen the line of the last chunk: a peer that sends `0\r\n` and then one byte
// would end this process. And it takes the header of a chunk, or trailers, of any length.
#pragma once

#include <cstddef>

namespace parley {

class chunk_guard {
 public:
  // Whether what is there must not be shown to the parser yet. Every chunked body still has five bytes to
  // come when its parser waits inside the lines between the chunks.
  bool must_wait(std::size_t unread) const { return waiting_ && unread < 5; }
  // After each time the parser was shown something: it asked for more, and left that many bytes unread.
  // False when that is too much.
  bool tolerates(bool needs_more, std::size_t left) {
    waiting_ = needs_more;
    return !needs_more || left <= most_between_chunks;
  }
  void start_again() { waiting_ = false; }

 private:
  // Little, for the parser begins again with each piece that arrives.
  static constexpr std::size_t most_between_chunks = std::size_t{8} << 10;
  bool waiting_ = false;
};

}  // namespace parley
