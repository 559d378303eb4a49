// A document as the user wrote it: every value and key with its place in the file, from YAML or JSON alike.
// Limits: 4 MiB of text, depth 64, 200,000 nodes after aliases; breaking one, or a rule of the syntax, is a
// problem at its position.
#pragma once

#include "runner/inputs/input_problems.hpp"
#include "runner/inputs/source_position.hpp"
#include "runner/json_value.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

// Shared by all nodes of a document, so that a node stays small.
struct located_place {
  std::shared_ptr<std::string const> file;
  int line = 0;         // from 1; 0 = unknown
  int column = 0;       // from 1, in characters
  std::string pointer;  // JSON Pointer, only where the line is unknown

  source_position where() const;
};

struct located_entry;

struct located_tree {
  enum class kind { null, boolean, number, string, list, map };

  kind type = kind::null;
  bool truth = false;                  // of a boolean
  json_value number;                   // of a number
  std::string text;                    // of a string; of a number or boolean: as it was written
  std::vector<located_tree> items;     // of a list
  std::vector<located_entry> entries;  // of a map, in the order of the file; keys are unique
  located_place place;

  source_position where() const { return place.where(); }
  bool is_null() const { return type == kind::null; }
  bool is_string() const { return type == kind::string; }
  bool is_list() const { return type == kind::list; }
  bool is_map() const { return type == kind::map; }
  // The value of a key; nullptr when this is no map or has no such key.
  located_tree const* find(std::string_view key) const;
  located_entry const* find_entry(std::string_view key) const;
};

struct located_entry {
  std::string key;
  located_place key_place;
  located_tree value;

  source_position key_where() const { return key_place.where(); }
};

// "null", "boolean", "number", "text", "list", "map": how messages speak of kinds.
std::string_view to_text(located_tree::kind type);

inline constexpr std::size_t max_file_bytes = std::size_t{4} << 20;

// Reads one document. `.json` (any case) is JSON, everything else YAML. An empty YAML document is null.
// nullopt: it could not be read to its end, and `problems` say why. A key that stands twice is a problem too,
// but hides nothing else: the first one counts. `shown_as` is the file's name in positions.
std::optional<located_tree> read_located_file(std::filesystem::path const& path, std::string const& shown_as,
                                              input_problems& problems);
std::optional<located_tree> read_located_file(std::filesystem::path const& path, input_problems& problems);

// `first_line` is the number of the text's first line, for documents that stand in a larger file.
std::optional<located_tree> read_located_text(std::string_view text, std::string const& file_name,
                                              bool is_json, input_problems& problems, int first_line = 1);

nlohmann::json to_json(located_tree const& node);
// Every node gets the position; where it has no line, its pointer grows with the depth.
located_tree from_json(nlohmann::json const& value, source_position const& at);

}  // namespace parley
