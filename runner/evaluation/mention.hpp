// A text looked for as a person would: case-insensitive, any white space between its words, at word
// boundaries.
#pragma once

#include "runner/evaluation/excerpt.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

// Immutable; may be asked from several threads. Time is linear in the text.
class mention {
 public:
  // `text` holds more than white space.
  explicit mention(std::string_view text);
  ~mention();
  mention(mention&&) noexcept;
  mention& operator=(mention&&) noexcept;

  // The first place, possibly with one neighbouring character.
  std::optional<text_span> find(std::string_view in) const;

 private:
  struct patterns;
  std::unique_ptr<patterns> patterns_;
};

// Whether a word may begin or end at byte `at`: anywhere but between two letters or digits. Characters of
// scripts written without spaces have a boundary on both sides, whatever stands there.
bool is_word_boundary(std::string_view text, std::size_t at);

}  // namespace parley
