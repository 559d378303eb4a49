#include "runner/evaluation/text_matcher.hpp"

#include "runner/evaluation/white_space.hpp"

#include <re2/re2.h>

#include <cstring>

namespace parley {
namespace {

constexpr std::size_t max_mention = 10'000;  // bytes

template <class... Visitors>
struct overloaded : Visitors... {
  using Visitors::operator()...;
};
template <class... Visitors>
overloaded(Visitors...) -> overloaded<Visitors...>;

std::optional<text_span> find_substring(std::string_view text, std::string const& wanted) {
  // memmem is linear; std::string_view::find is not.
  void const* found = ::memmem(text.data(), text.size(), wanted.data(), wanted.size());
  if (found == nullptr && !wanted.empty()) return std::nullopt;
  if (found == nullptr) return text_span{};
  return text_span{static_cast<std::size_t>(static_cast<char const*>(found) - text.data()), wanted.size()};
}

std::optional<text_span> find_pattern(std::string_view text, RE2 const& pattern) {
  re2::StringPiece const piece(text.data(), text.size());
  re2::StringPiece found;
  if (!pattern.Match(piece, 0, piece.size(), RE2::UNANCHORED, &found, 1)) return std::nullopt;
  return text_span{static_cast<std::size_t>(found.data() - piece.data()), found.size()};
}

}  // namespace

text_matcher text_matcher::containing(std::string text) {
  return text_matcher(substring{std::move(text)});
}

text_matcher text_matcher::equal_to(std::string_view text) {
  return text_matcher(whole_text{std::string(trimmed(text))});
}

std::optional<text_matcher> text_matcher::matching(std::string const& pattern, std::string& error) {
  RE2::Options options;
  options.set_log_errors(false);
  auto compiled = std::make_shared<RE2 const>(pattern, options);
  if (!compiled->ok()) {
    error = compiled->error();
    return std::nullopt;
  }
  return text_matcher(std::move(compiled));
}

std::optional<text_matcher> text_matcher::mentioning(std::string const& text, std::string& error) {
  if (is_blank(text)) error = "the text is empty";
  if (text.size() > max_mention) error = "the text is longer than " + std::to_string(max_mention) + " bytes";
  if (!error.empty()) return std::nullopt;
  return text_matcher(mention(text));
}

std::optional<text_span> text_matcher::find(std::string_view message) const {
  return std::visit(
      overloaded{
          [&](substring const& s) { return find_substring(message, s.text); },
          [&](whole_text const& w) {
            return trimmed(message) == w.text ? std::optional(text_span{0, message.size()}) : std::nullopt;
          },
          [&](pattern const& p) { return find_pattern(message, *p); },
          [&](mention const& m) { return m.find(message); },
      },
      what_);
}

}  // namespace parley
