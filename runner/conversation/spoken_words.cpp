#include "runner/conversation/spoken_words.hpp"

#include "runner/evaluation/white_space.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <optional>

namespace parley {
namespace {

struct quotation {
  std::string_view open;
  std::string_view close;
};

constexpr std::array<quotation, 12> quotations{{{"\"", "\""},
                                                {"`", "`"},
                                                {"“", "”"},
                                                {"„", "“"},
                                                {"„", "”"},
                                                {"”", "”"},
                                                {"«", "»"},
                                                {"»", "«"},
                                                {"‘", "’"},
                                                {"「", "」"},
                                                {"『", "』"},
                                                {"'", "'"}}};

constexpr std::array<std::string_view, 7> sentence_ends{".", "!", "?", "\n", "。", "！", "？"};

bool is_ascii_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_high(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}

// Bytes of the punctuation beyond ASCII that stands at the front; 0 when there is none. Blocks U+2000 to
// U+206F and U+3000 to U+303F, the full-width marks, and what Latin-1 has.
std::size_t wide_punctuation(std::string_view text) {
  if (text.size() >= 3 && text[0] == '\xe2' && (text[1] == '\x80' || text[1] == '\x81')) return 3;
  if (text.size() >= 3 && text[0] == '\xe3' && text[1] == '\x80') return 3;
  if (text.size() >= 3 && text[0] == '\xef' && text[1] == '\xbc') return 3;
  for (std::string_view const mark : {"¿", "¡", "«", "»", "\xc2\xa0", "·"})
    if (text.starts_with(mark)) return mark.size();
  return 0;
}

bool is_apostrophe(std::string_view text) {
  return text.starts_with('\'') || text.starts_with("’");
}

// An apostrophe inside a word is no mark of quotation.
bool may_open(std::string_view text, std::size_t at, std::string_view mark) {
  if (mark != "'" && mark != "‘") return true;
  return at == 0 || !(is_ascii_word(text[at - 1]) || is_high(text[at - 1]));
}

bool may_close(std::string_view text, std::size_t after, std::string_view mark) {
  if (mark != "'" && mark != "’") return true;
  return after >= text.size() || !(is_ascii_word(text[after]) || is_high(text[after]));
}

std::size_t closing(std::string_view text, std::size_t from, std::string_view mark) {
  for (auto at = text.find(mark, from); at != std::string_view::npos; at = text.find(mark, at + mark.size()))
    if (may_close(text, at + mark.size(), mark)) return at;
  return std::string_view::npos;
}

struct found_quotation {
  std::string_view inside;
  std::size_t length;  // marks included
};

std::optional<found_quotation> quotation_at(std::string_view text, std::size_t at) {
  for (auto const& [open, close] : quotations) {
    if (!text.substr(at).starts_with(open) || !may_open(text, at, open)) continue;
    std::size_t const begin = at + open.size();
    std::size_t const end = closing(text, begin, close);
    if (end != std::string_view::npos)
      return found_quotation{text.substr(begin, end - begin), end + close.size() - at};
  }
  return std::nullopt;
}

bool has_digit(std::string const& word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<std::string> numbers_of(std::vector<std::string> const& words) {
  std::vector<std::string> numbers;
  std::copy_if(words.begin(), words.end(), std::back_inserter(numbers), has_digit);
  return numbers;
}

}  // namespace

std::vector<std::string> spoken_words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  auto const finish = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  for (std::size_t i = 0; i < text.size();) {
    std::string_view const rest = text.substr(i);
    std::size_t const mark = wide_punctuation(rest);
    if (is_apostrophe(rest) && !word.empty()) {
      i += std::max<std::size_t>(mark, 1);
    } else if (mark > 0) {
      finish();
      i += mark;
    } else if (is_ascii_word(text[i]) || is_high(text[i])) {
      bool const upper = text[i] >= 'A' && text[i] <= 'Z';
      word += upper ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
      ++i;
    } else {
      finish();
      ++i;
    }
  }
  finish();
  return words;
}

std::string without_quotations(std::string_view text) {
  std::string outside;
  std::string marks_only;
  for (std::size_t i = 0; i < text.size();) {
    if (auto const found = quotation_at(text, i)) {
      outside += ' ';
      marks_only.append(found->inside);
      i += found->length;
    } else {
      outside += text[i];
      marks_only += text[i];
      ++i;
    }
  }
  return spoken_words(outside).empty() ? marks_only : outside;
}

std::vector<std::string> sentences_of(std::string_view text) {
  std::vector<std::string> sentences;
  std::string sentence;
  auto const finish = [&] {
    if (!is_blank(sentence)) sentences.emplace_back(trimmed(sentence));
    sentence.clear();
  };
  for (std::size_t i = 0; i < text.size();) {
    std::string_view const rest = text.substr(i);
    auto const end = std::find_if(sentence_ends.begin(), sentence_ends.end(),
                                  [&](std::string_view mark) { return rest.starts_with(mark); });
    std::size_t const length = end == sentence_ends.end() ? 1 : end->size();
    sentence.append(rest.substr(0, length));
    i += length;
    if (end != sentence_ends.end()) finish();
  }
  finish();
  return sentences;
}

bool nearly_same(std::vector<std::string> const& a, std::vector<std::string> const& b) {
  constexpr std::size_t long_enough = 6;
  constexpr double alike = 0.85;
  if (a == b) return true;
  if (std::min(a.size(), b.size()) < long_enough || numbers_of(a) != numbers_of(b)) return false;
  auto left = a;
  auto right = b;
  std::sort(left.begin(), left.end());
  std::sort(right.begin(), right.end());
  std::vector<std::string> common;
  std::set_intersection(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(common));
  auto const all = static_cast<double>(a.size() + b.size() - common.size());
  return static_cast<double>(common.size()) / all >= alike;
}

}  // namespace parley
