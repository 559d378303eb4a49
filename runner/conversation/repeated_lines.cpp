#include "runner/conversation/repeated_lines.hpp"

#include "runner/conversation/letter_script.hpp"
#include "runner/conversation/spoken_words.hpp"

#include <re2/re2.h>

#include <algorithm>

namespace parley {
namespace {

bool is_question(std::string const& text) {
  return text.find('?') != std::string::npos || text.find("？") != std::string::npos;
}

// Words, or for scripts without spaces about as many as the letters make.
std::size_t length_of(std::string const& line) {
  auto const letters = scripts_of(line);
  auto const spaceless = static_cast<std::size_t>(std::count_if(letters.begin(), letters.end(), [](script s) {
    return s == script::han || s == script::kana || s == script::thai;
  }));
  return std::max(spoken_words(line).size(), spaceless / 2);
}

bool asks_to_hear_it(std::string const& heard) {
  static RE2 const pattern(
      R"((?i)\b(?:repeat|again|catch|understand|understood|rephrase|clarify|more (?:specific|details?|information)|tell me (?:more|about|what)|what (?:is|was|are|can|do|did|happened|brings)|what's|how (?:can|may)|which|describe|explain|reason|issue|problem|help you|assist you|hear you|go ahead|come again|pardon|sorry\?)\b|repet|répét|ripet|wiederhol|noch einmal|nochmal|ayudar|aider|helfen|повтор|помочь|もう一度|重复|再说|什么)");
  return RE2::PartialMatch(heard, pattern);
}

bool loops_at(std::vector<answered_line> const& lines, std::size_t third) {
  auto const& a = lines[third - 2];
  auto const& b = lines[third - 1];
  auto const& c = lines[third];
  auto const words = spoken_words(b.said);
  if (words.empty() || !nearly_same(spoken_words(a.said), words) || !nearly_same(words, spoken_words(c.said)))
    return false;
  // Who hears the same again and again may answer the same.
  if (nearly_same(spoken_words(b.heard), spoken_words(c.heard))) return false;
  bool const asked = is_question(b.heard) && is_question(c.heard);
  return length_of(b.said) >= (asked ? 6 : 3);
}

// "Thanks." may be said three times, and a "Please." too; not for ever, whatever is heard.
bool is_short_loop_at(std::vector<answered_line> const& lines, std::size_t last) {
  constexpr std::size_t too_often = 6;
  if (last + 1 < too_often) return false;
  auto const words = spoken_words(lines[last].said);
  if (words.empty() || length_of(lines[last].said) >= 3) return false;
  return std::all_of(lines.begin() + static_cast<std::ptrdiff_t>(last + 1 - too_often),
                     lines.begin() + static_cast<std::ptrdiff_t>(last), [&](answered_line const& line) {
                       return spoken_words(line.said) == words && !is_question(line.heard);
                     });
}

}  // namespace

std::optional<std::size_t> find_repeated_opening(std::vector<answered_line> const& lines) {
  constexpr std::size_t long_enough = 5;
  if (lines.empty() || length_of(lines.front().said) < long_enough) return std::nullopt;
  auto const opening = spoken_words(lines.front().said);
  for (std::size_t i = 1; i < lines.size(); ++i)
    if (spoken_words(lines[i].said) == opening && !asks_to_hear_it(lines[i].heard)) return i;
  return std::nullopt;
}

std::optional<std::size_t> find_stuck_loop(std::vector<answered_line> const& lines) {
  for (std::size_t third = 2; third < lines.size(); ++third)
    if (loops_at(lines, third) || is_short_loop_at(lines, third)) return third;
  return std::nullopt;
}

}  // namespace parley
