#include "runner/conversation/answer_object.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace parley {
namespace {

constexpr int max_attempts = 64;  // places where an object might begin

// Bytes of the object that begins at the front of `text`; 0 when its braces never balance.
std::size_t object_length(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{') {
      ++depth;
    } else if (c == '}' && --depth == 0) {
      return i + 1;
    }
  }
  return 0;
}

bool holds(json_value const& value, std::vector<std::string_view> const& keys) {
  auto const& object = value.get();
  return object.is_object() && std::all_of(keys.begin(), keys.end(), [&](std::string_view key) {
           return object.contains(std::string(key));
         });
}

}  // namespace

std::vector<json_value> find_answer_objects(std::string_view text,
                                            std::vector<std::string_view> const& keys) {
  std::vector<json_value> found;
  for (int attempt = 0; attempt < max_attempts; ++attempt) {
    std::size_t const begin = text.find('{');
    if (begin == std::string_view::npos) break;
    text.remove_prefix(begin);
    std::size_t const length = object_length(text);
    parsed_json parsed;
    if (length > 0) parsed = parse_json(text.substr(0, length));
    bool const fits = parsed.ok && holds(parsed.value, keys);
    if (fits) found.push_back(parsed.value);
    text.remove_prefix(fits ? length : 1);
  }
  return found;
}

}  // namespace parley
