#include "adapters/http/json_lines.hpp"

namespace parley {
namespace {

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

json_lines::json_lines(std::size_t limit) : limit_(limit) {}

json_lines::progress json_lines::put(std::string_view piece, receiver const& receive) {
  while (!piece.empty()) {
    auto const end = piece.find('\n');
    line_.append(piece.substr(0, end));
    if (line_.size() > limit_) return progress::too_large;
    if (end == std::string_view::npos) break;
    piece.remove_prefix(end + 1);
    if (finish(receive) == progress::stopped) return progress::stopped;
  }
  return progress::needs_more;
}

json_lines::progress json_lines::finish(receiver const& receive) {
  std::string_view line = line_;
  if (line.ends_with('\r')) line.remove_suffix(1);
  bool const more = is_blank(line) || receive(line);
  line_.clear();
  return more ? progress::needs_more : progress::stopped;
}

}  // namespace parley
