#include "adapters/http/http_message.hpp"

#include <algorithm>

namespace parley {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

}  // namespace

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::string const* find_header(http_headers const& headers, std::string_view name) {
  for (auto const& [key, value] : headers)
    if (equal_ignoring_case(key, name)) return &value;
  return nullptr;
}

http_response::http_response(int s, std::string b, std::string content_type) : status(s), body(std::move(b)) {
  if (!content_type.empty()) headers.emplace_back("Content-Type", std::move(content_type));
}

}  // namespace parley
