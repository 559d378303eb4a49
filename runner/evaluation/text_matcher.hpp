// One thing that a single message may hold or not: a substring, a whole text, a pattern, a mention.
#pragma once

#include "runner/evaluation/excerpt.hpp"
#include "runner/evaluation/mention.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace re2 {
class RE2;
}

namespace parley {

class text_matcher {
 public:
  static text_matcher containing(std::string text);
  static text_matcher equal_to(std::string_view text);  // both trimmed
  // On a text that cannot be searched for the result is empty and `error` says why.
  static std::optional<text_matcher> matching(std::string const& pattern, std::string& error);
  static std::optional<text_matcher> mentioning(std::string const& text, std::string& error);

  // The first place; time is linear in `message`.
  std::optional<text_span> find(std::string_view message) const;

 private:
  struct substring {
    std::string text;
  };
  struct whole_text {
    std::string text;
  };
  using pattern = std::shared_ptr<re2::RE2 const>;
  using kinds = std::variant<substring, whole_text, pattern, mention>;

  explicit text_matcher(kinds what) : what_(std::move(what)) {}

  kinds what_;
};

}  // namespace parley
