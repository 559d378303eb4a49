// The keys of `run`, once: how a text or a file's value becomes a setting, what it is called, what it is when
// nobody says anything. parley.yaml, PARLEY_RUN_*, flags, `config show` and the schema all use this table.
#pragma once

#include "adapters/cli/settings.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace parley {

struct run_key {
  std::string_view name;  // "turn_timeout"
  std::string_view kind;  // integer, number, text, list, boolean, duration, choice
  std::vector<std::string_view> choices;
  std::string_view built_in;  // as it would be written; empty = null
  std::string_view description;
  // Sets the value; returns what is wrong with it ("expected an integer of at least 1"), or nothing.
  // `untyped`: the value is a string from a flag or variable, to be read as whatever the key needs.
  std::string (*apply)(run_settings& into, nlohmann::json const& value, bool untyped);
};

std::vector<run_key> const& run_keys();
run_key const* find_run_key(std::string_view name);

// What is wrong with `text` as a value of `key`, or nothing. Used for flags before any file is read.
std::string check_run_text(std::string_view key, std::string const& text);

}  // namespace parley
