#include "runner/inputs/pass_rule.hpp"

#include <charconv>

namespace parley {
namespace {

std::optional<int> parse_count(std::string_view text) {
  if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
  int value = 0;
  auto const [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<pass_rule> parse_fraction(std::string_view needed, std::string_view of) {
  auto const k = parse_count(needed);
  auto const n = parse_count(of);
  if (!k || !n || *n < 1 || *k > *n) return std::nullopt;
  return pass_rule{.which = pass_rule::kind::count, .needed = *k, .of = *n};
}

std::optional<pass_rule> parse_rate(std::string_view text) {
  bool const percent = text.ends_with('%');
  if (percent) text.remove_suffix(1);
  if (text.empty() || text.find_first_not_of("0123456789.") != std::string_view::npos) return std::nullopt;
  // The exponent shifts the decimals before rounding, so that 55% is the same number as 11 / 20.
  std::string const digits = std::string(text) + (percent ? "e-2" : "e0");
  double rate = 0;
  auto const [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), rate);
  if (problem != std::errc{} || end != digits.data() + digits.size() || rate > 1) return std::nullopt;
  return pass_rule{.which = pass_rule::kind::rate, .rate = rate};
}

}  // namespace

std::optional<pass_rule> parse_pass_rule(std::string_view text) {
  if (text == "all") return pass_rule{.which = pass_rule::kind::all};
  if (text == "any") return pass_rule{.which = pass_rule::kind::any};
  auto const slash = text.find('/');
  if (slash != std::string_view::npos) return parse_fraction(text.substr(0, slash), text.substr(slash + 1));
  return parse_rate(text);
}

std::string to_text(pass_rule const& rule) {
  switch (rule.which) {
    case pass_rule::kind::all:
      return "all";
    case pass_rule::kind::any:
      return "any";
    case pass_rule::kind::count:
      return std::to_string(rule.needed) + "/" + std::to_string(rule.of);
    case pass_rule::kind::rate:
      break;
  }
  char digits[400];  // the smallest double written without an exponent
  auto const written = std::to_chars(digits, digits + sizeof digits, rule.rate, std::chars_format::fixed);
  return {digits, written.ptr};
}

}  // namespace parley
