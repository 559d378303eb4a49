#include "reports/markdown_text.hpp"

#include "reports/safe_text.hpp"

#include <algorithm>

namespace parley {
namespace {

std::size_t longest_run_of_backticks(std::string_view text) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (char const c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

std::string with_escaped_bars(std::string const& text) {
  std::string out;
  for (char const c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

std::string code_span(std::string_view text, markdown_place place) {
  auto safe = safe_line(text);
  if (safe.find_first_not_of(' ') == std::string::npos) return {};  // backticks around nothing are no code
  if (place == markdown_place::table) safe = with_escaped_bars(safe);
  std::string const fence(longest_run_of_backticks(safe) + 1, '`');
  // One space on either side is taken away again; it keeps backticks of the text from joining the fence.
  bool const pad = safe.front() == '`' || safe.back() == '`' || (safe.front() == ' ' && safe.back() == ' ');
  return fence + (pad ? " " + safe + " " : safe) + fence;
}

std::string code_block(std::string_view text, std::string_view language) {
  auto safe = safe_text(text);
  if (safe.empty() || safe.back() != '\n') safe += '\n';
  std::string const fence(std::max<std::size_t>(3, longest_run_of_backticks(safe) + 1), '`');
  return fence + std::string(language) + "\n" + safe + fence + "\n";
}

}  // namespace parley
