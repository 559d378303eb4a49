// What `--tag` and a matrix's `tag` ask for: `KEY` or `KEY:*` any value, `KEY:` the value null, `KEY:VALUE`
// exactly that value.
#pragma once

#include "runner/inputs/tags.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace parley {

struct tag_selector {
  enum class kind { any_value, null_value, exact };
  kind which = kind::any_value;
  std::string key;
  std::string value;  // only for kind::exact

  bool matches(tag_map const& tags) const;
};

// nullopt when the key is empty.
std::optional<tag_selector> parse_tag_selector(std::string_view text);

// "key:value" for each tag, "key:" for the value null.
std::vector<std::string> tag_texts(tag_map const& tags);

}  // namespace parley
