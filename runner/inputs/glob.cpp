#include "runner/inputs/glob.hpp"

#include <re2/re2.h>

#include <algorithm>

namespace parley {
namespace {

re2::StringPiece piece(std::string_view text) {
  return {text.data(), text.size()};
}

// The end of the set that begins at `open`, or npos: a `]` right after the opening is one of the set.
std::size_t end_of_set(std::string_view pattern, std::size_t open) {
  std::size_t first = open + 1;
  if (first < pattern.size() && (pattern[first] == '!' || pattern[first] == '^')) ++first;
  return pattern.find(']', first + 1);
}

std::string set_as_re2(std::string_view inside) {
  std::string set = "[";
  if (inside.front() == '!' || inside.front() == '^') {
    set += '^';
    inside.remove_prefix(1);
  }
  for (char const c : inside) {
    if (c == '\\' || c == '[' || c == ']' || c == '^') set += '\\';
    set += c;
  }
  return set + "]";
}

std::string as_re2(std::string_view pattern) {
  std::string made;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    std::size_t const end = pattern[i] == '[' ? end_of_set(pattern, i) : std::string_view::npos;
    if (pattern[i] == '*') {
      made += ".*";
    } else if (pattern[i] == '?') {
      made += '.';
    } else if (end != std::string_view::npos) {
      made += set_as_re2(pattern.substr(i + 1, end - i - 1));
      i = end;
    } else {
      std::size_t const next = std::min(pattern.find_first_of("*?[", i + 1), pattern.size());
      made += RE2::QuoteMeta(piece(pattern.substr(i, next - i)));
      i = next - 1;
    }
  }
  return made;
}

std::shared_ptr<RE2 const> compile(std::string_view pattern) {
  RE2::Options options;
  options.set_case_sensitive(false);
  options.set_dot_nl(true);
  options.set_log_errors(false);
  auto compiled = std::make_shared<RE2>(as_re2(pattern), options);
  if (compiled->ok()) return compiled;
  options.set_literal(true);  // a set like [z-a] means nothing: take the text as it is
  return std::make_shared<RE2>(piece(pattern), options);
}

}  // namespace

glob::glob(std::string_view pattern) : compiled_(compile(pattern)) {}

bool glob::matches(std::string_view name) const {
  return RE2::FullMatch(piece(name), *compiled_);
}

bool is_glob(std::string_view text) {
  return text.find_first_of("*?[") != std::string_view::npos;
}

std::vector<glob> compile_globs(std::vector<std::string> const& patterns) {
  return {patterns.begin(), patterns.end()};
}

bool any_matches(std::vector<glob> const& globs, std::string_view name) {
  return std::any_of(globs.begin(), globs.end(), [&](glob const& g) { return g.matches(name); });
}

}  // namespace parley
