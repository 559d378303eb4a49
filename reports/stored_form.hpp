// What all stored forms have in common when they are read back: a format version, closed word lists, and
// library exceptions that end here as a failure. Unknown keys are ignored: a newer Parley may have added
// them.
#pragma once

#include "runner/conversation/conversation_facts.hpp"
#include "runner/failure.hpp"

#include <nlohmann/json_fwd.hpp>

#include <exception>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>

namespace parley {

// Throws when the form is of a later version than `known`; an absent version is 1.
void require_format(nlohmann::json const& form, int known);

// Members that may be absent or null. A wrong type throws.
std::string text_or_empty(nlohmann::json const& object, char const* key);
std::int64_t integer_or(nlohmann::json const& object, char const* key, std::int64_t otherwise);
std::uint64_t unsigned_or(nlohmann::json const& object, char const* key, std::uint64_t otherwise);
bool flag_or(nlohmann::json const& object, char const* key, bool otherwise);
// An RFC 3339 time; absent = the epoch.
wall_time time_or_epoch(nlohmann::json const& object, char const* key);
// The member itself, or null when it is absent.
nlohmann::json const& member_or_null(nlohmann::json const& object, char const* key);

// The enumerator that is spelled `word`; throws when there is none.
template <class Enum, class Spell>
Enum enumerator_of(std::string_view word, std::initializer_list<Enum> all, Spell spell) {
  for (Enum const e : all)
    if (spell(e) == word) return e;
  throw std::runtime_error("unknown word '" + std::string(word) + "'");
}

template <class Enum>
Enum enumerator_of(std::string_view word, std::initializer_list<Enum> all) {
  return enumerator_of(word, all, [](Enum e) { return to_text(e); });
}

// Runs `read`, which may throw, and names the form in the failure.
template <class Read>
auto read_stored(char const* what, Read read) -> outcome<decltype(read())> {
  try {
    return read();
  } catch (std::exception const& e) {
    return failure{failure_code::unreadable, std::string(what) + ": " + e.what()};
  }
}

}  // namespace parley
