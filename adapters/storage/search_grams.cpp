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
constexpr std::size_t most_inner = 16;  // pieces of one query
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

std::vector<std::string> pieces(std::string_view text, std::vector<std::size_t> const& starts,
                                std::size_t size) {
  std::vector<std::string> found;
  for (std::size_t i = 0; i + size < starts.size(); ++i)
    found.emplace_back(text.substr(starts[i], starts[i + size] - starts[i]));
  return found;
}

// Of at most five characters; none when the text is shorter than the shortest piece.
std::vector<std::string> longest_pieces(std::string_view marked) {
  auto const starts = starts_of(marked);
  std::size_t const characters = starts.size() - 1;
  if (characters < shortest) return {};
  return pieces(marked, starts, std::min(characters, longest));
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
  std::vector<std::string> all;
  for (std::size_t size = shortest; size <= longest; ++size) {
    auto found = pieces(marked, starts, size);
    all.insert(all.end(), std::move_iterator(found.begin()), std::move_iterator(found.end()));
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::vector<std::string> query_grams(std::string_view folded_query, search_rank rank) {
  std::string const marked = marked_query(folded_query, rank);
  auto chosen = longest_pieces(marked);
  if (chosen.empty()) return chosen;
  // At its ends a rank differs from the others.
  chosen = {chosen.front(), chosen.back()};
  auto const inner = longest_pieces(marked_inside(folded_query));
  std::size_t const count = std::min(inner.size(), most_inner);
  for (std::size_t i = 0; i < count; ++i)
    chosen.push_back(inner[i * (inner.size() - 1) / std::max(count - 1, one)]);
  std::sort(chosen.begin(), chosen.end());
  chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
  return chosen;
}

}  // namespace parley
