#include "runner/json_value.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdint>

namespace parley {
namespace {

constexpr int max_depth = 128;

// nlohmann parses without recursion, but copying, dumping and destroying a deep value recurse.
bool too_deep(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (++depth > max_depth) return true;
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return false;
}

template <class Integer>
bool equals_float(Integer i, double d) {
  // Both directions must be exact: a double beyond the integer's range, or with a fraction, is never equal.
  if (!(std::floor(d) == d)) return false;
  constexpr double limit = std::is_signed_v<Integer> ? 9223372036854775808.0 : 18446744073709551616.0;
  constexpr double lowest = std::is_signed_v<Integer> ? -9223372036854775808.0 : 0.0;
  if (d < lowest || d >= limit) return false;
  return static_cast<Integer>(d) == i;
}

bool numbers_equal(nlohmann::json const& a, nlohmann::json const& b) {
  if (a.is_number_float() && b.is_number_float()) return a.get<double>() == b.get<double>();
  if (b.is_number_float()) return numbers_equal(b, a);
  if (a.is_number_float()) {
    double const d = a.get<double>();
    return b.is_number_unsigned() ? equals_float(b.get<std::uint64_t>(), d)
                                  : equals_float(b.get<std::int64_t>(), d);
  }
  if (a.is_number_unsigned() != b.is_number_unsigned()) {
    auto const& plain = a.is_number_unsigned() ? b : a;  // the one that may be negative
    if (plain.get<std::int64_t>() < 0) return false;
  }
  return a.get<std::uint64_t>() == b.get<std::uint64_t>();
}

bool plain(char c) {
  auto const u = static_cast<unsigned char>(c);
  return u >= 0x20 && u < 0x7f && c != '"' && c != '\\';
}

// Length of the well-formed UTF-8 sequence beyond ASCII that starts at `at`; 0 when there is none.
std::size_t sequence_length(std::string_view text, std::size_t at) {
  auto const byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  auto const within = [&](std::size_t i, unsigned low, unsigned high) {
    return byte(i) >= low && byte(i) <= high;
  };
  auto const tail = [&](std::size_t i) { return within(i, 0x80, 0xBF); };
  unsigned const lead = byte(at);
  if (lead >= 0xC2 && lead <= 0xDF) return tail(at + 1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    // No overlong form (E0) and no surrogate (ED).
    bool const second = within(at + 1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF);
    return second && tail(at + 2) ? 3 : 0;
  }
  if (lead < 0xF0 || lead > 0xF4) return 0;
  bool const second = within(at + 1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF);
  return second && tail(at + 2) && tail(at + 3) ? 4 : 0;
}

void append_escaped(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\x7f':
      out += c;
      return;
    default:
      break;
  }
  auto const u = static_cast<unsigned char>(c);
  out += "\\u00";
  out += static_cast<char>('0' + (u >> 4U));
  out += "0123456789abcdef"[u & 15U];
}

}  // namespace

json_value::json_value(nlohmann::json value) {
  if (!value.is_null()) value_ = std::make_shared<nlohmann::json const>(std::move(value));
}

json_value json_value::of_string(std::string text) {
  return json_value(nlohmann::json(std::move(text)));
}

nlohmann::json const& json_value::get() const noexcept {
  static nlohmann::json const null;
  return value_ ? *value_ : null;
}

bool json_value::is_null() const noexcept {
  return !value_;
}

std::string json_value::dump() const {
  return get().dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

bool operator==(json_value const& a, json_value const& b) {
  return json_equal(a.get(), b.get());
}

bool json_equal(nlohmann::json const& a, nlohmann::json const& b) {
  if (a.is_number() && b.is_number()) return numbers_equal(a, b);
  if (a.type() != b.type()) return false;
  if (a.is_array()) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
      if (!json_equal(a[i], b[i])) return false;
    return true;
  }
  if (a.is_object()) {
    if (a.size() != b.size()) return false;
    for (auto const& [key, value] : a.items()) {
      auto const other = b.find(key);
      if (other == b.end() || !json_equal(value, *other)) return false;
    }
    return true;
  }
  return a == b;
}

void append_quoted(std::string& out, std::string_view text) {
  auto const start = out.size();
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    auto end = at;
    while (end < text.size() && plain(text[end])) ++end;
    out.append(text, at, end - at);
    at = end;
    if (at == text.size()) break;
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      append_escaped(out, text[at++]);
    } else if (auto const length = sequence_length(text, at); length > 0) {
      out.append(text, at, length);
      at += length;
    } else {
      out.resize(start);  // malformed: rare enough to leave to the library
      out += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
      return;
    }
  }
  out += '"';
}

parsed_json parse_json(std::string_view text) {
  parsed_json parsed;
  if (too_deep(text)) {
    parsed.error = "nested deeper than " + std::to_string(max_depth) + " levels";
    return parsed;
  }
  try {
    parsed.value = json_value(nlohmann::json::parse(text));
    parsed.ok = true;
  } catch (nlohmann::json::exception const& e) {
    std::string_view what = e.what();
    // "[json.exception.parse_error.101] parse error at line 1, column 5: ..." -> the part for a person
    if (auto const end = what.find("] "); end != std::string_view::npos) what.remove_prefix(end + 2);
    parsed.error = what;
  }
  return parsed;
}

}  // namespace parley
