// What can be typed where, from the table of commands and flags: the source of every shell's completion.
#pragma once

#include "adapters/cli/command_table.hpp"
#include "adapters/cli/flag_table.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace parley {

// What a value may be: known words, ids of runs, names of files.
struct completed_value {
  std::vector<std::string> words;
  bool runs = false;
  bool files = false;
};

// From a placeholder: "text|json" are words, "record=DIR" is the word "record=", RUN a run, FILE a file.
completed_value completed_placeholder(std::string_view placeholder);
completed_value completed_positional(command_description const& command);
completed_value completed_flag(flag_definition const& flag);

// With a space between two.
std::string joined(std::vector<std::string> const& words);

// What the scripts keep of it, "runs,files:text json"; ":" is nothing.
std::string kind_text(completed_value const& value);

bool takes_value(flag_definition const& flag);

// "-j", "--jobs": every name of a flag.
std::vector<std::string> names_of(flag_definition const& flag);

// What is typed for a command, "runs list".
std::string words_of(command_description const& command);

// The flags of a command, and --help, in the table's order.
std::vector<flag_definition> flags_of(command_kind kind);

// 'it'\''s': for a POSIX shell.
std::string single_quoted(std::string_view text);

}  // namespace parley
