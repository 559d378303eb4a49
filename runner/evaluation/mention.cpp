#include "runner/evaluation/mention.hpp"

#include "runner/evaluation/white_space.hpp"

#include <re2/re2.h>

#include <mutex>

namespace parley {
namespace {

// A combining mark continues its letter; a variation selector or keycap is part of a symbol, not of a word.
constexpr char const* joining_character = R"([\p{L}\p{N}\p{M}])";
constexpr char const* separating_character = R"([^\p{L}\p{N}\p{M}]|[\x{FE00}-\x{FE0F}\x{20D0}-\x{20F0}])";
// Scripts written without spaces; the two prolonged sound marks belong to no script of their own.
constexpr char const* spaceless_character =
    R"([\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\x{30FC}\x{FF70}])";

enum class character_class { separating, joining, spaceless };

RE2::Options quiet() {
  RE2::Options options;
  options.set_log_errors(false);
  return options;
}

character_class classify_wide(std::string_view character) {
  static RE2 const spaceless(spaceless_character, quiet());
  static RE2 const joining(joining_character, quiet());
  static RE2 const separating(separating_character, quiet());
  re2::StringPiece const piece(character.data(), character.size());
  if (RE2::FullMatch(piece, spaceless)) return character_class::spaceless;
  if (RE2::FullMatch(piece, separating)) return character_class::separating;
  return RE2::FullMatch(piece, joining) ? character_class::joining : character_class::separating;
}

character_class classify(std::string_view character) {
  if (character.empty()) return character_class::separating;
  char const c = character.front();
  if (static_cast<unsigned char>(c) >= 0x80) return classify_wide(character);
  bool const word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return word ? character_class::joining : character_class::separating;
}

std::string_view first_character(std::string_view text) {
  std::size_t length = text.empty() ? 0 : 1;
  while (length < text.size() && length < 4 && (static_cast<unsigned char>(text[length]) & 0xc0) == 0x80)
    ++length;
  return text.substr(0, length);
}

std::string_view last_character(std::string_view text) {
  std::size_t length = text.empty() ? 0 : 1;
  while (length < text.size() && length < 4 &&
         (static_cast<unsigned char>(text[text.size() - length]) & 0xc0) == 0x80)
    ++length;
  return text.substr(text.size() - length);
}

std::string literal_of(std::string_view text) {
  std::string pattern;
  for (auto const word : split_words(text)) {
    if (!pattern.empty()) pattern.append(white_space_class).append("+");
    pattern += RE2::QuoteMeta(re2::StringPiece(word.data(), word.size()));
  }
  return pattern;
}

// What must stand beside a word that begins or ends with `edge`; `end_of_text` is \A or \z.
std::string beside(std::string_view edge, std::string const& end_of_text) {
  if (classify(edge) != character_class::joining) return {};
  return "(?:" + end_of_text + "|" + separating_character + "|" + spaceless_character + ")";
}

std::optional<text_span> search(RE2 const& pattern, std::string_view in) {
  re2::StringPiece const text(in.data(), in.size());
  re2::StringPiece found;
  if (!pattern.Match(text, 0, text.size(), RE2::UNANCHORED, &found, 1)) return std::nullopt;
  return text_span{static_cast<std::size_t>(found.data() - text.data()), found.size()};
}

}  // namespace

struct mention::patterns {
  explicit patterns(std::string_view text)
      : literal(literal_of(text)), edges(trimmed(text)), loose("(?i)" + literal, quiet()) {}

  // Finds whole words in one pass, but costs a millisecond to build: made when it is first needed.
  RE2 const& strict() {
    std::call_once(strict_made, [this] {
      std::string const before = beside(first_character(edges), "\\A");
      std::string const after = beside(last_character(edges), "\\z");
      strict_pattern = std::make_unique<RE2>(before + "(?i:" + literal + ")" + after, quiet());
    });
    return *strict_pattern;
  }

  std::string literal;
  std::string edges;  // the text itself; only its first and last character matter
  RE2 loose;          // the text anywhere
  std::once_flag strict_made;
  std::unique_ptr<RE2> strict_pattern;
};

mention::mention(std::string_view text) : patterns_(std::make_unique<patterns>(text)) {}
mention::~mention() = default;
mention::mention(mention&&) noexcept = default;
mention& mention::operator=(mention&&) noexcept = default;

std::optional<text_span> mention::find(std::string_view in) const {
  auto const first = search(patterns_->loose, in);
  if (!first) return std::nullopt;
  if (is_word_boundary(in, first->at) && is_word_boundary(in, first->at + first->length)) return first;
  // Trying one place after the other could take quadratic time on hostile text.
  return search(patterns_->strict(), in);
}

bool is_word_boundary(std::string_view text, std::size_t at) {
  return classify(last_character(text.substr(0, at))) != character_class::joining ||
         classify(first_character(text.substr(at))) != character_class::joining;
}

}  // namespace parley
