// JSON written straight into a string: what the hot paths use instead of building a document.
#pragma once

#include "runner/conversation/conversation_facts.hpp"
#include "runner/json_value.hpp"

#include <charconv>
#include <concepts>
#include <string>
#include <string_view>

namespace parley {

template <std::integral Integer>
void append_number(std::string& out, Integer value) {
  char digits[24];
  auto const end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, end);
}

// Shortest text that reads back as the same number; null for what JSON has no number for.
void append_number(std::string& out, double value);

// The members of one object, in the order written. Keys are ours: they need no escaping.
class json_object_writer {
 public:
  explicit json_object_writer(std::string& out) : out_(out) { out_ += '{'; }
  void close() { out_ += '}'; }

  // The caller appends exactly one value to what is returned.
  std::string& member(std::string_view key) {
    if (!first_) out_ += ',';
    first_ = false;
    out_ += '"';
    out_ += key;
    out_ += "\":";
    return out_;
  }
  void text(std::string_view key, std::string_view value) { append_quoted(member(key), value); }
  // One of our own words: no character of it needs escaping.
  void word(std::string_view key, std::string_view value) {
    auto& out = member(key);
    out += '"';
    out += value;
    out += '"';
  }
  void time(std::string_view key, wall_time at);  // RFC 3339
  void flag(std::string_view key, bool value) { member(key) += value ? "true" : "false"; }
  void null(std::string_view key) { member(key) += "null"; }
  void value(std::string_view key, json_value const& value);
  template <class Number>
  void number(std::string_view key, Number value) {
    append_number(member(key), value);
  }

 private:
  std::string& out_;
  bool first_ = true;
};

// "[...]" with `append_one(out, element)` for each.
template <class Range, class Append>
void append_array(std::string& out, Range const& range, Append append_one) {
  out += '[';
  bool first = true;
  for (auto const& element : range) {
    if (!first) out += ',';
    first = false;
    append_one(out, element);
  }
  out += ']';
}

}  // namespace parley
