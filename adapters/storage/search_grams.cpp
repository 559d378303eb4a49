#include "adapters/storage/search_grams.hpp"

#include "runner/registry/word_characters.hpp"

#include <algorithm>

namespace parley {
namespace {

constexpr char text_begins = '\x02';
constexpr char text_ends = '\x03';
constexpr char word_may_begin = '\x04';
constexpr char word_may_end = '\x05';
constexpr std::size_t shortest = 3;
constexpr std::size_t longest = 5;
constexpr std::size_t most_inner = 8;  // pieces of one query: looking each up costs more than its hits
constexpr std::size_t one = 1;

// Where each character begins, and the end.
std::vector<std::size_t> starts_of(std::string_view text) {
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < text.size(); ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) starts.push_back(i);
  starts.push_back(text.size());
  return starts;
}

// The text with a mark at every place inside it where a word may end or begin.
std::string marked_inside(std::string_view text) {
  std::string marked;
  marked.reserve(text.size() * 3 / 2);
  bool after_word = false;
  bool first = true;
  for_each_character(text, [&](std::string_view character, bool in_word) {
    if (!first && !in_word) marked += word_may_end;
    if (!first && !after_word) marked += word_may_begin;
    marked += character;
    after_word = in_word;
    first = false;
  });
  return marked;
}

std::string marked_text(std::string_view text) {
  if (text.empty()) return "";
  return std::string{text_begins, word_may_begin} + marked_inside(text) + word_may_end + text_ends;
}

void add_pieces(std::string_view text, std::vector<std::size_t> const& starts, std::size_t size,
                std::vector<std::string_view>& to) {
  for (std::size_t i = 0; i + size < starts.size(); ++i)
    to.push_back(text.substr(starts[i], starts[i + size] - starts[i]));
}

// Of at most five characters; none when the text is shorter than the shortest piece.
std::vector<std::string> longest_pieces(std::string_view marked) {
  auto const starts = starts_of(marked);
  std::size_t const characters = starts.size() - 1;
  if (characters < shortest) return {};
  std::vector<std::string_view> found;
  add_pieces(marked, starts, std::min(characters, longest), found);
  return std::vector<std::string>(found.begin(), found.end());
}

// Digits are rarer than letters, and where words meet is rarer than what is inside them.
int rarity_class(std::string_view piece) {
  if (piece.find_first_of("0123456789") != piece.npos) return 0;
  return piece.find(word_may_begin) != piece.npos || piece.find(word_may_end) != piece.npos ? 1 : 2;
}

// Spread over the text; half of them, as far as there are, of the class that is rarest by nature.
std::vector<std::string> chosen_inner(std::vector<std::string> const& pieces) {
  if (pieces.size() <= most_inner) return pieces;
  std::vector<std::string> chosen;
  for (int wanted = 0; wanted <= 2 && chosen.size() < most_inner; ++wanted) {
    std::vector<std::string> of_class;
    for (std::string const& piece : pieces)
      if (rarity_class(piece) == wanted) of_class.push_back(piece);
    std::size_t const room = wanted == 2 ? most_inner - chosen.size() : most_inner / 2;
    std::size_t const count = std::min({of_class.size(), room, most_inner - chosen.size()});
    for (std::size_t i = 0; i < count; ++i)
      chosen.push_back(of_class[i * (of_class.size() - 1) / std::max(count - 1, one)]);
  }
  return chosen;
}

}  // namespace

std::string marked_texts(std::string_view folded_name, std::string_view folded_text) {
  return marked_text(folded_name) + marked_text(folded_text);
}

std::string marked_query(std::string_view folded_query, search_rank rank) {
  std::string const inside = marked_inside(folded_query);
  switch (rank) {
    case search_rank::whole:
      return marked_text(folded_query);
    case search_rank::prefix:
      return std::string{text_begins, word_may_begin} + inside;
    case search_rank::word:
      return word_may_begin + inside + word_may_end;
    case search_rank::part:
      break;
  }
  return inside;
}

std::vector<std::string> grams_of(std::string_view marked) {
  auto const starts = starts_of(marked);
  std::vector<std::string_view> all;
  all.reserve((longest - shortest + 1) * starts.size());
  for (std::size_t size = shortest; size <= longest; ++size) add_pieces(marked, starts, size, all);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return std::vector<std::string>(all.begin(), all.end());
}

std::vector<std::string> query_grams(std::string_view folded_query, search_rank rank) {
  std::string const marked = marked_query(folded_query, rank);
  auto chosen = longest_pieces(marked);
  if (chosen.empty()) return chosen;
  // At its ends a rank differs from the others.
  std::vector<std::string> const ends{chosen.front(), chosen.back()};
  chosen = chosen_inner(longest_pieces(marked_inside(folded_query)));
  chosen.insert(chosen.end(), ends.begin(), ends.end());
  for (auto one_of = chosen.begin(); one_of != chosen.end();)
    one_of = std::find(chosen.begin(), one_of, *one_of) == one_of ? one_of + 1 : chosen.erase(one_of);
  return chosen;
}

}  // namespace parley
