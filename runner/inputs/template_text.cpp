#include "runner/inputs/template_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace parley {
namespace {

constexpr std::string_view open = "{{";
constexpr std::string_view close = "}}";
constexpr std::string_view escaped_open = "{{{{";

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  auto const first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

// The length of the placeholder `text` begins with, or 0 when it begins with none.
std::size_t placeholder_length(std::string_view text) {
  if (!text.starts_with(open)) return 0;
  auto const brace = text.find_first_of("{}", open.size());
  if (brace == std::string_view::npos || !text.substr(brace).starts_with(close)) return 0;
  if (trimmed(text.substr(open.size(), brace - open.size())).empty()) return 0;
  return brace + close.size();
}

std::string as_text(json_value const& value) {
  if (value.is_null()) return {};
  return value.get().is_string() ? value.get().get<std::string>() : value.dump();
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  constexpr std::string_view kept = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
  std::string encoded;
  for (char const c : text) {
    if (kept.find(c) != std::string_view::npos) {
      encoded += c;
      continue;
    }
    auto const byte = static_cast<unsigned char>(c);
    encoded += {'%', hex[byte >> 4], hex[byte & 15]};
  }
  return encoded;
}

}  // namespace

template_text::template_text(std::string_view source) {
  std::string literal;
  auto const end_literal = [&] {
    if (!literal.empty())
      pieces_.push_back({.text = std::move(literal), .written = {}, .placeholder = false});
    literal.clear();
  };
  while (!source.empty()) {
    if (source.starts_with(escaped_open)) {
      literal += open;
      source.remove_prefix(escaped_open.size());
    } else if (std::size_t const length = placeholder_length(source)) {
      end_literal();
      auto const written = source.substr(0, length);
      std::string name(trimmed(written.substr(open.size(), length - open.size() - close.size())));
      if (std::find(names_.begin(), names_.end(), name) == names_.end()) names_.push_back(name);
      pieces_.push_back({.text = std::move(name), .written = std::string(written), .placeholder = true});
      source.remove_prefix(length);
    } else {
      std::size_t const next = std::min(source.find('{', 1), source.size());
      literal += source.substr(0, next);
      source.remove_prefix(next);
    }
  }
  end_literal();
}

bool template_text::is_single_placeholder() const {
  return pieces_.size() == 1 && pieces_[0].placeholder;
}

std::string template_text::fill(template_lookup const& lookup, template_encoding encoding) const {
  std::string filled;
  for (auto const& part : pieces_) {
    if (!part.placeholder) {
      filled += part.text;
      continue;
    }
    auto const value = lookup(part.text);
    if (!value) {
      filled += part.written;
    } else if (encoding == template_encoding::percent) {
      filled += percent_encoded(as_text(*value));
    } else {
      filled += as_text(*value);
    }
  }
  return filled;
}

}  // namespace parley
