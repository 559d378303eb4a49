// `{{path}}` placeholders, in request mappings and in scenario texts: formats §6. Parsed once, filled often.
#pragma once

#include "runner/json_value.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

// Known name -> its value (null when unset); nullopt = the name does not exist.
using template_lookup = std::function<std::optional<json_value>(std::string_view name)>;

// How a value is written into text.
enum class template_encoding { plain, percent };  // strings bare, others as JSON; or percent-encoded for URLs

class template_text {
 public:
  // `{{{{` is a literal `{{`; an unclosed `{{` is literal too.
  explicit template_text(std::string_view source);

  std::vector<std::string> const& names() const { return names_; }
  bool is_literal() const { return names_.empty(); }
  // Exactly one placeholder and nothing else: it takes the value with its JSON type.
  bool is_single_placeholder() const;

  // A name unknown to `lookup` stays as written.
  std::string fill(template_lookup const& lookup,
                   template_encoding encoding = template_encoding::plain) const;

 private:
  struct piece {
    std::string text;     // literal text, or a name
    std::string written;  // a placeholder as it stood in the source
    bool placeholder = false;
  };
  std::vector<piece> pieces_;
  std::vector<std::string> names_;
};

}  // namespace parley
