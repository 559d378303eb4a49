#include "runner/conversation/small_words.hpp"

#include "runner/conversation/spoken_words.hpp"
#include "runner/evaluation/white_space.hpp"

#include <algorithm>
#include <array>

namespace parley {
namespace {

constexpr int fewest_words = 8;    // that say something about their language
constexpr int fewest_against = 4;  // one or two foreign words are loans
constexpr int many_words = 14;     // among so many a word of one's own may have crept in

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

bool is_letter(char c) {
  return is_upper(c) || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

// Capital letters that are no name's: the English I, the polite German you.
bool is_capital_pronoun(std::string_view token) {
  if (token.starts_with('I') && (token.size() == 1 || !is_letter(token[1]) || token.starts_with("I’")))
    return true;
  constexpr std::array<std::string_view, 6> polite{"Sie", "Ihnen", "Ihr", "Ihre", "Ihren", "Ihrem"};
  while (!token.empty() && !is_letter(token.back())) token.remove_suffix(1);
  return std::find(polite.begin(), polite.end(), token) != polite.end();
}

// An address, a code, a piece of a programme.
bool is_no_word(std::string_view token) {
  if (token.find_first_of("0123456789@/\\_=<>{}#&") != std::string_view::npos) return true;
  auto const dot = token.find('.');
  return dot != std::string_view::npos && token.find_first_not_of(".,!?)…", dot) != std::string_view::npos;
}

bool is_small_word(std::string_view token) {
  auto const words = spoken_words(token);
  return words.size() == 1 && languages_with_stop_word(words.front()) != 0;
}

bool ends_sentence(std::string_view token) {
  return token.find_last_of(".!?:;-") == token.size() - 1;
}

}  // namespace

// "it prints Your session has expired": from the capital letter on it is somebody else's sentence.
void small_words::add(std::string_view text) {
  bool begins = true;
  bool repeats = false;
  for (std::string_view const token : split_words(text)) {
    bool const may_be_name = is_upper(token.front()) && !begins && !is_capital_pronoun(token);
    repeats = !begins && (repeats || (may_be_name && is_small_word(token)));
    begins = ends_sentence(token);
    if (repeats || may_be_name || is_no_word(token)) continue;
    for (std::string const& word : spoken_words(token)) sets_.push_back(languages_with_stop_word(word));
  }
}

void small_words::add(small_words const& other) {
  sets_.insert(sets_.end(), other.sets_.begin(), other.sets_.end());
}

int small_words::most() const {
  std::ptrdiff_t most = 0;
  for (std::size_t language = 0; language < stop_word_language_count(); ++language)
    most = std::max(most, std::count_if(sets_.begin(), sets_.end(),
                                        [&](language_set set) { return (set >> language & 1U) != 0; }));
  return static_cast<int>(most);
}

small_words::evidence small_words::against(std::size_t own) const {
  evidence strongest;
  for (std::size_t language = 0; language < stop_word_language_count(); ++language) {
    if (language == own) continue;
    evidence found;
    for (language_set const set : sets_) {
      bool const others = (set >> language & 1U) != 0;
      bool const mine = (set >> own & 1U) != 0;
      found.of_other += others ? 1 : 0;
      found.against += others && !mine ? 1 : 0;
      found.of_own += mine && !others ? 1 : 0;
    }
    if (found.against - found.of_own > strongest.against - strongest.of_own) strongest = found;
  }
  return strongest;
}

bool small_words::are_not(std::size_t own) const {
  int const words = static_cast<int>(sets_.size());
  evidence const found = against(own);
  int const forgiven = words < many_words ? 0 : found.against / 6;
  return words >= fewest_words && found.against >= fewest_against && found.of_other * 20 >= words * 7 &&
         found.of_own <= forgiven;
}

}  // namespace parley
