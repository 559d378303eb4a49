// A glob on names: `*` any text, `?` one character, `[abc] [a-z] [!a]` one of a set; case-insensitive, the
// whole name must match. Linear time for any pattern.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace parley {

class glob {
 public:
  explicit glob(std::string_view pattern);  // an unclosed `[` stands for itself

  bool matches(std::string_view name) const;

 private:
  std::shared_ptr<re2::RE2 const> compiled_;
};

// Whether the text holds any of the characters that make it more than a plain name.
bool is_glob(std::string_view text);

std::vector<glob> compile_globs(std::vector<std::string> const& patterns);
bool any_matches(std::vector<glob> const& globs, std::string_view name);

}  // namespace parley
