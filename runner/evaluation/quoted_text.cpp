#include "runner/evaluation/quoted_text.hpp"

#include "runner/evaluation/white_space.hpp"

#include <array>
#include <cstring>
#include <utility>
#include <vector>

namespace parley {
namespace {

// Typographic mark -> the straight one.
constexpr auto marks = std::to_array<std::pair<std::string_view, char>>({
    {"\xe2\x80\x98", '\''},  // U+2018
    {"\xe2\x80\x99", '\''},  // U+2019
    {"\xe2\x80\x9a", '\''},  // U+201A
    {"\xe2\x80\x9b", '\''},  // U+201B
    {"\xe2\x80\x9c", '"'},   // U+201C
    {"\xe2\x80\x9d", '"'},   // U+201D
    {"\xe2\x80\x9e", '"'},   // U+201E
    {"\xe2\x80\x9f", '"'},   // U+201F
    {"\xc2\xab", '"'},       // U+00AB
    {"\xc2\xbb", '"'},       // U+00BB
});

// A text with its variants levelled; `from[i]` is where byte i stood, and from.back() is the text's end.
struct levelled {
  std::string text;
  std::vector<std::size_t> from;

  void add(char c, std::size_t at) {
    text += c;
    from.push_back(at);
  }
};

std::pair<std::string_view, char> const* mark_at(std::string_view text) {
  for (auto const& mark : marks)
    if (text.starts_with(mark.first)) return &mark;
  return nullptr;
}

void add_word(levelled& out, std::string_view text, std::string_view word) {
  auto const start = static_cast<std::size_t>(word.data() - text.data());
  for (std::size_t i = 0; i < word.size();) {
    if (auto const* const mark = mark_at(word.substr(i))) {
      out.add(mark->second, start + i);
      i += mark->first.size();
    } else {
      out.add(word[i], start + i);
      ++i;
    }
  }
}

levelled level(std::string_view text) {
  levelled out;
  std::size_t end = 0;
  for (auto const word : split_words(text)) {
    if (!out.text.empty()) out.add(' ', end);
    add_word(out, text, word);
    end = static_cast<std::size_t>(word.data() - text.data()) + word.size();
  }
  out.from.push_back(end);
  return out;
}

}  // namespace

std::optional<std::string> find_quote(std::string_view text, std::string_view quote) {
  std::string const wanted = level(quote).text;
  if (wanted.empty()) return std::nullopt;
  levelled const in = level(text);
  // memmem is linear; std::string::find is not.
  void const* const found = ::memmem(in.text.data(), in.text.size(), wanted.data(), wanted.size());
  if (found == nullptr) return std::nullopt;
  auto const at = static_cast<std::size_t>(static_cast<char const*>(found) - in.text.data());
  std::size_t const begin = in.from[at];
  return std::string(trimmed(text.substr(begin, in.from[at + wanted.size()] - begin)));
}

}  // namespace parley
