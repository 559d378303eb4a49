#include "runner/statistics/line_diff.hpp"

#include <algorithm>
#include <cstddef>

namespace parley {
namespace {

constexpr std::size_t most_lines = 2000;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    auto const end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

struct marked_line {
  char mark;  // ' ', '-' or '+'
  std::string_view text;
};

// Length of the longest common subsequence of every pair of endings: (n + 1) x (m + 1).
class common_endings {
 public:
  common_endings(std::vector<std::string_view> const& a, std::vector<std::string_view> const& b)
      : width_(b.size() + 1), lengths_((a.size() + 1) * width_) {
    for (std::size_t i = a.size(); i-- > 0;)
      for (std::size_t j = b.size(); j-- > 0;)
        lengths_[i * width_ + j] = a[i] == b[j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
  }
  int at(std::size_t i, std::size_t j) const { return lengths_[i * width_ + j]; }

 private:
  std::size_t width_;
  std::vector<int> lengths_;
};

std::vector<marked_line> marked_lines(std::vector<std::string_view> const& a,
                                      std::vector<std::string_view> const& b) {
  std::vector<marked_line> all;
  std::size_t i = 0;
  std::size_t j = 0;
  bool const compared = a.size() <= most_lines && b.size() <= most_lines;
  if (compared) {
    common_endings const common(a, b);
    while (i < a.size() && j < b.size()) {
      if (a[i] == b[j]) {
        all.push_back({' ', a[i++]});
        ++j;
      } else if (common.at(i + 1, j) >= common.at(i, j + 1)) {
        all.push_back({'-', a[i++]});
      } else {
        all.push_back({'+', b[j++]});
      }
    }
  }
  while (i < a.size()) all.push_back({'-', a[i++]});
  while (j < b.size()) all.push_back({'+', b[j++]});
  return all;
}

// Which lines stand within `context` lines of a change.
std::vector<bool> near_changes(std::vector<marked_line> const& all, std::size_t context) {
  std::vector<bool> shown(all.size(), false);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].mark == ' ') continue;
    std::size_t const first = i > context ? i - context : 0;
    std::size_t const last = std::min(all.size() - 1, i + context);
    for (std::size_t near = first; near <= last; ++near) shown[near] = true;
  }
  return shown;
}

}  // namespace

std::vector<std::string> line_diff(std::string_view before, std::string_view after, int context) {
  std::vector<std::string> lines;
  if (before == after) return lines;
  auto const all = marked_lines(lines_of(before), lines_of(after));
  auto const shown = near_changes(all, static_cast<std::size_t>(std::max(0, context)));
  bool gap = false;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!shown[i]) {
      gap = true;
      continue;
    }
    if (gap) lines.emplace_back("...");
    gap = false;
    lines.push_back(all[i].mark + std::string(all[i].text));
  }
  if (gap && !lines.empty()) lines.emplace_back("...");
  return lines;
}

}  // namespace parley
