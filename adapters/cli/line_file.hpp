// A file of lines, read as a stream: one line in memory at a time, each with its number and where it stands.
#pragma once

#include "runner/failure.hpp"

#include <cstdint>
#include <fstream>
#include <optional>
#include <string>

namespace parley {

struct file_line {
  int number = 0;            // from 1
  std::uint64_t offset = 0;  // of its first byte
  std::string text;          // without the line break
  bool too_long = false;     // the text was left out
};

class line_file {
 public:
  static constexpr std::size_t max_line = std::size_t{64} << 20;  // bytes

  // Failure: invalid_input, with the file's name.
  static outcome<line_file> open(std::string const& path);

  // The next line that is not blank; nullopt at the end.
  std::optional<file_line> next();
  bool failed() const { return in_.bad(); }

 private:
  explicit line_file(std::ifstream in) : in_(std::move(in)) {}

  bool read_line(std::string& text, bool& too_long);

  std::ifstream in_;
  int number_ = 0;
  std::uint64_t offset_ = 0;
};

// Whether lines can be read again from where they stood: a file on a disk, no pipe.
bool can_be_read_again(std::string const& path);

}  // namespace parley
