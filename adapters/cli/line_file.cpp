#include "adapters/cli/line_file.hpp"

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace parley {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

bool is_blank_line(std::string const& text) {
  return text.find_first_not_of(" \t\r") == std::string::npos;
}

}  // namespace

outcome<line_file> line_file::open(std::string const& path) {
  std::error_code error;
  if (fs::is_directory(path, error))
    return failure(failure_code::invalid_input,
                   path + ": is a folder; name a file of recorded conversations");
  std::ifstream in(path, std::ios::binary);
  if (!in)
    return failure(failure_code::invalid_input,
                   path + ": cannot be read: " + std::generic_category().message(errno));
  return line_file(std::move(in));
}

// std::getline would put a line of any length into memory.
bool line_file::read_line(std::string& text, bool& too_long) {
  text.clear();
  too_long = false;
  auto* const buffer = in_.rdbuf();
  bool any = false;
  for (int c = buffer->sbumpc(); c != std::char_traits<char>::eof(); c = buffer->sbumpc()) {
    any = true;
    ++offset_;
    if (c == '\n') return true;
    if (text.size() < max_line) {
      text += static_cast<char>(c);
    } else {
      too_long = true;
    }
  }
  return any;
}

std::optional<file_line> line_file::next() {
  file_line line;
  while (true) {
    line.offset = offset_;
    if (!read_line(line.text, line.too_long)) return std::nullopt;
    line.number = ++number_;
    if (line.number == 1 && line.text.starts_with(byte_order_mark)) {
      line.text.erase(0, byte_order_mark.size());
      line.offset += byte_order_mark.size();
    }
    if (line.too_long) line.text.clear();
    if (line.too_long || !is_blank_line(line.text)) return line;
  }
}

bool can_be_read_again(std::string const& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

}  // namespace parley
