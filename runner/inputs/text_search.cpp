#include "runner/inputs/text_search.hpp"

#include <re2/re2.h>

namespace parley {

text_search::text_search(std::string_view wanted) {
  RE2::Options options;
  options.set_case_sensitive(false);
  options.set_literal(true);
  options.set_log_errors(false);
  re2::StringPiece const pattern(wanted.data(), wanted.size());
  auto compiled = std::make_shared<RE2>(pattern, options);
  if (!compiled->ok()) {  // malformed UTF-8 from the command line: compare bytes
    options.set_encoding(RE2::Options::EncodingLatin1);
    compiled = std::make_shared<RE2>(pattern, options);
  }
  compiled_ = std::move(compiled);
}

std::optional<std::size_t> text_search::find(std::string_view text) const {
  re2::StringPiece found;
  re2::StringPiece const whole(text.data(), text.size());
  if (!compiled_->Match(whole, 0, text.size(), RE2::UNANCHORED, &found, 1)) return std::nullopt;
  return static_cast<std::size_t>(found.data() - whole.data());
}

}  // namespace parley
