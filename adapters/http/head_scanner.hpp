// Finds where the head of a request ends, in bytes that arrive bit by bit, and refuses the line ends that one
// reader takes for the end of a line and another does not: the stuff smuggled requests are made of.
#pragma once

#include <cstddef>
#include <string_view>

namespace parley {

class head_scanner {
 public:
  explicit head_scanner(std::size_t limit) : limit_(limit) {}  // bytes of one head

  enum class progress { needs_more, complete, bare_newline, folded_line, target_too_long, too_large };
  // `unread` begins where the head begins and has only grown since the last call. Each byte is looked at
  // once.
  progress look(std::string_view unread);
  std::size_t size() const { return line_begin_; }  // of the complete head, with the empty line behind it
  void start_again() { line_begin_ = seen_ = 0; }

 private:
  std::size_t limit_;
  std::size_t line_begin_ = 0;
  std::size_t seen_ = 0;
};

}  // namespace parley
