// The arguments of one command taken apart by the flag table. The only place that knows the parsing library.
#pragma once

#include "adapters/cli/flag_table.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace parley {

struct parsed_flags {
  std::map<std::string, std::vector<std::string>, std::less<>> values;  // by long name; only what was given
  std::vector<std::string> positionals;
  std::string error;  // what is wrong; empty = nothing
  bool help = false;  // was asked for

  bool given(std::string_view long_name) const { return values.find(long_name) != values.end(); }
  // The last value given, or `otherwise`.
  std::string last(std::string_view long_name, std::string otherwise = {}) const;
};

struct command_description {
  command_kind kind = command_kind::run;
  std::string name;              // "parley run"
  std::string description;       // one sentence
  std::string positional;        // "PATH|NAME|ID", "RUN ID"; empty = takes none
  std::string positional_about;  // for --help
  std::string examples;          // closing text of --help
  std::string choices = {};      // what the positional may be, "bash|zsh"; empty = not a closed list
};

parsed_flags parse_flags(command_description const& command, std::vector<std::string> arguments);

// Whether the value of `argument` ("-k", "--tag", "-xk") is the argument after it, by what any command knows.
bool takes_next_argument(std::string const& argument);

}  // namespace parley
