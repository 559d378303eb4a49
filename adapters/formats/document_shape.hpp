// What a document may look like, said once: the same description checks what users write and prints the
// published JSON Schema.
#pragma once

#include "adapters/formats/located_tree.hpp"
#include "runner/inputs/input_problems.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace parley {

// What is wrong with one value ("is no duration") and the way out ("write it like 30s").
struct rule_breach {
  std::string what;
  std::string remedy;
};

// Looks at a value whose kind is right; nullopt = fine.
using value_rule = std::function<std::optional<rule_breach>(located_tree const&)>;

struct shape_key;

struct shape {
  // Kinds are a set: a key may take, say, text or a list.
  static constexpr unsigned null = 1, boolean = 2, integer = 4, number = 8, text = 16, list = 32, map = 64;

  unsigned kinds = 0;
  std::string description;
  std::vector<std::string> choices;       // of text; empty = any
  std::optional<double> lowest, highest;  // of numbers
  std::size_t fewest = 0;                 // characters of text without the ends' white space; items of a list
  std::optional<std::size_t> most;        // entries of a map
  std::shared_ptr<re2::RE2 const> key_pattern;  // of the keys of a map with `others`; empty = any
  value_rule rule;
  std::shared_ptr<shape const> element;  // items of a list; empty = anything
  std::shared_ptr<shape const> others;   // values under keys that are not listed
  std::vector<shape_key> keys;
  bool open = false;                      // unknown keys are allowed
  std::vector<std::string> any_required;  // at least one of these keys

  shape& or_null();
  shape& or_text(shape const& text_shape);  // takes over choices and rule
  shape& one_of(std::vector<std::string> values);
  shape& between(double low, double high);
  shape& at_least(double low);
  shape& not_empty();
  shape& obeying(value_rule check);
  shape& with(std::string name, shape value);  // an optional key
  shape& requiring(std::string name, shape value);
  shape& including(shape const& other);  // all keys of another map
  shape& keeping_unknown();
  shape& with_any_of(std::vector<std::string> names);

  shape_key const* find(std::string_view name) const;
};

struct shape_key {
  std::string name;
  shape value;
  bool required = false;
};

shape any_shape(std::string description);
shape text_shape(std::string description);
shape flag_shape(std::string description);
shape integer_shape(std::string description);
shape number_shape(std::string description);
shape list_shape(std::string description, shape element);
shape map_shape(std::string description);                  // of known keys
shape map_of_shape(std::string description, shape value);  // of free keys

// Reports everything that is wrong, at its position. `label` is what the value is called in messages.
// true = nothing was wrong.
bool check_shape(located_tree const& node, shape const& expected, std::string const& label,
                 input_problems& problems);

// JSON Schema (draft 7) of a value of this shape.
nlohmann::json json_schema(shape const& of);

// The published schema of a kind of file: scenario, persona, tests, config. Empty for other words.
std::string schema_text(std::string_view kind);

}  // namespace parley
