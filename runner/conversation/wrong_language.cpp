#include "runner/conversation/wrong_language.hpp"

#include "runner/conversation/letter_script.hpp"
#include "runner/conversation/small_words.hpp"
#include "runner/conversation/spoken_words.hpp"
#include "runner/evaluation/white_space.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace parley {
namespace {

struct language_scripts {
  std::string_view language;
  script main;
  script second = script::none;
  bool often_romanised = false;  // people type it in Latin letters, too
};

constexpr auto non_latin = std::to_array<language_scripts>({
    {"rus", script::cyrillic},
    {"ukr", script::cyrillic},
    {"bel", script::cyrillic},
    {"bul", script::cyrillic},
    {"mkd", script::cyrillic},
    {"ell", script::greek, script::none, true},
    {"ara", script::arabic, script::none, true},
    {"arb", script::arabic, script::none, true},
    {"fas", script::arabic, script::none, true},
    {"pes", script::arabic, script::none, true},
    {"urd", script::arabic, script::none, true},
    {"heb", script::hebrew},
    {"zho", script::han},
    {"cmn", script::han},
    {"yue", script::han},
    {"jpn", script::han, script::kana},
    {"kor", script::hangul, script::han},
    {"tha", script::thai},
    {"hin", script::devanagari, script::none, true},
    {"mar", script::devanagari, script::none, true},
    {"nep", script::devanagari, script::none, true},
    {"ben", script::bengali, script::none, true},
    {"tam", script::tamil, script::none, true},
    {"tel", script::telugu, script::none, true},
    {"kat", script::georgian},
    {"hye", script::armenian},
});

// What is known of one line, or of all of them together.
struct line_figures {
  std::map<script, int> letters;
  int all_letters = 0;
  int plain_latin = 0;  // lower-case words of Latin letters: no names, codes or addresses
  small_words small;

  void add(line_figures const& other) {
    for (auto const& [which, n] : other.letters) letters[which] += n;
    small.add(other.small);
    all_letters += other.all_letters;
    plain_latin += other.plain_latin;
  }
  int of(script which) const {
    auto const found = letters.find(which);
    return found == letters.end() ? 0 : found->second;
  }
};

bool is_plain_latin(std::string_view token) {
  if (token.size() < 2 || token.front() < 'a' || token.front() > 'z') return false;
  if (token.find_first_of("0123456789@/\\_:=<>{}#&") != std::string_view::npos) return false;
  auto const dot = token.find('.');
  return dot == std::string_view::npos || token.find_first_not_of(".,!?", dot) == std::string_view::npos;
}

line_figures figures_of(std::string_view line) {
  line_figures figures;
  std::string const own = without_quotations(line);
  for (script const which : scripts_of(own)) {
    if (which == script::none) continue;
    ++figures.letters[which];
    ++figures.all_letters;
  }
  for (std::string_view const token : split_words(own))
    if (is_plain_latin(token)) ++figures.plain_latin;
  figures.small.add(own);
  return figures;
}

// A foreign script needs this many letters to be more than a name. Symbols of whole words need fewer.
int enough_letters(script which) {
  return which == script::han || which == script::kana || which == script::hangul ? 6 : 10;
}

bool is_in_foreign_script(line_figures const& figures, int expected) {
  if (expected * 10 >= figures.all_letters) return false;
  return std::any_of(figures.letters.begin(), figures.letters.end(), [&](auto const& entry) {
    return entry.first != script::latin && entry.second >= enough_letters(entry.first) &&
           entry.second * 2 > figures.all_letters;
  });
}

bool is_latin_instead(line_figures const& figures, int expected, language_scripts const& wanted) {
  if (expected * 10 >= figures.all_letters) return false;
  int const hits = wanted.often_romanised ? 4 : 2;
  return figures.plain_latin >= 4 && figures.small.most() >= hits;
}

// Words without any of the small ones everybody knows: transliterated, most likely. One such line may be a
// pass phrase, a whole conversation can't.
bool is_transliterated(line_figures const& all, int expected, language_scripts const& wanted) {
  if (wanted.often_romanised) return false;
  return (expected == 0 && all.plain_latin >= 5) || (expected * 10 < all.all_letters && all.plain_latin >= 8);
}

// Characters of Chinese that Japanese never uses, and kana in a Chinese line.
bool is_chinese_for_japanese(std::string_view line, line_figures const& figures) {
  constexpr std::array<std::string_view, 8> chinese{"们", "吗", "你", "您", "这", "请", "没", "吧"};
  bool const typical = std::any_of(chinese.begin(), chinese.end(), [&](std::string_view character) {
    return line.find(character) != std::string_view::npos;
  });
  return typical && figures.of(script::kana) == 0 && figures.of(script::han) >= 6;
}

bool is_japanese_for_chinese(line_figures const& figures) {
  int const kana = figures.of(script::kana);
  return kana >= 8 && kana * 10 >= figures.all_letters * 3;
}

bool is_wrong_for(language_scripts const& wanted, std::string_view line, line_figures const& figures) {
  int const expected =
      figures.of(wanted.main) + (wanted.second == script::none ? 0 : figures.of(wanted.second));
  if (is_in_foreign_script(figures, expected) || is_latin_instead(figures, expected, wanted)) return true;
  if (wanted.second == script::kana) return is_chinese_for_japanese(line, figures);
  return wanted.main == script::han && is_japanese_for_chinese(figures);
}

using lines_of_text = std::vector<std::string_view>;

std::optional<std::size_t> find_in_latin(lines_of_text const& lines, std::size_t language) {
  line_figures all;
  std::optional<std::size_t> first_words;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    line_figures const figures = figures_of(lines[i]);
    if (is_in_foreign_script(figures, figures.of(script::latin))) return i;
    if (figures.small.are_not(language)) return i;
    if (!figures.small.empty() && !first_words) first_words = i;
    all.add(figures);
  }
  return all.small.are_not(language) ? first_words : std::nullopt;
}

std::optional<std::size_t> find_in_other_script(lines_of_text const& lines, language_scripts const& wanted) {
  line_figures all;
  std::optional<std::size_t> first_latin;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    line_figures const figures = figures_of(lines[i]);
    if (is_wrong_for(wanted, lines[i], figures)) return i;
    if (figures.plain_latin > 0 && !first_latin) first_latin = i;
    all.add(figures);
  }
  int const expected = all.of(wanted.main) + (wanted.second == script::none ? 0 : all.of(wanted.second));
  return is_transliterated(all, expected, wanted) ? first_latin : std::nullopt;
}

}  // namespace

std::optional<std::size_t> find_wrong_language(lines_of_text const& lines, std::string_view language) {
  auto const wanted = std::find_if(non_latin.begin(), non_latin.end(),
                                   [&](auto const& known) { return known.language == language; });
  if (wanted != non_latin.end()) return find_in_other_script(lines, *wanted);
  if (auto const known = stop_word_language(language)) return find_in_latin(lines, *known);
  return std::nullopt;
}

}  // namespace parley
