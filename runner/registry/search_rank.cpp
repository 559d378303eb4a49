#include "runner/registry/search_rank.hpp"

#include "runner/registry/word_characters.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace parley {
namespace {

bool word_begins(std::string_view rest) {
  return !rest.empty() && belongs_to_word(first_character(rest));
}

bool word_ends(std::string_view before) {
  std::size_t at = before.size();
  while (at > 0) {
    --at;
    if ((static_cast<unsigned char>(before[at]) & 0xc0) != 0x80) break;
  }
  return !before.empty() && belongs_to_word(first_character(before.substr(at)));
}

// Most names are ASCII, where only letters fold.
std::optional<std::string> folded_ascii(std::string_view text) {
  std::string folded(text);
  for (char& c : folded) {
    if (static_cast<unsigned char>(c) >= 0x80) return std::nullopt;
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

}  // namespace

std::string fold_case(std::string_view text) {
  if (auto ascii = folded_ascii(text)) return *std::move(ascii);
  utf8proc_uint8_t* folded = nullptr;
  auto const* bytes = reinterpret_cast<utf8proc_uint8_t const*>(text.data());
  auto const size =
      utf8proc_map(bytes, static_cast<utf8proc_ssize_t>(text.size()), &folded,
                   static_cast<utf8proc_option_t>(UTF8PROC_CASEFOLD | UTF8PROC_COMPOSE | UTF8PROC_STABLE));
  std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> const owned(folded, &std::free);
  if (size < 0) return std::string(text);  // malformed UTF-8: compared byte for byte
  return std::string(reinterpret_cast<char const*>(folded), static_cast<std::size_t>(size));
}

std::optional<search_rank> rank_of(std::string_view text, std::string_view query) {
  if (query.empty()) return std::nullopt;
  auto at = text.find(query);
  if (at == text.npos) return std::nullopt;
  if (text.size() == query.size()) return search_rank::whole;
  if (at == 0) return search_rank::prefix;
  for (; at != text.npos; at = text.find(query, at + 1)) {
    auto const after = text.substr(at + query.size());
    if (!word_ends(text.substr(0, at)) && !word_begins(after)) return search_rank::word;
  }
  return search_rank::part;
}

std::optional<search_rank> rank_of(std::string_view name, std::string_view searched_text,
                                   std::string_view query) {
  auto const by_name = rank_of(name, query);
  auto const by_text = rank_of(searched_text, query);
  if (!by_name || !by_text) return by_name ? by_name : by_text;
  return std::min(*by_name, *by_text);
}

}  // namespace parley
