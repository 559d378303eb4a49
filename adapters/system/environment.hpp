// Environment variables as a value, so that whatever depends on them can be tested; and `.env` files, which
// never override what the process was given.
#pragma once

#include "runner/inputs/input_problems.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

class environment {
 public:
  environment() = default;
  explicit environment(std::map<std::string, std::string> variables) : variables_(std::move(variables)) {}
  static environment of_process();

  std::optional<std::string> find(std::string const& name) const;
  bool is_set(std::string const& name) const;  // to something other than the empty text
  // Adds what is missing; what is already there stays.
  void add_missing(std::map<std::string, std::string> const& others);
  std::map<std::string, std::string> const& variables() const { return variables_; }

 private:
  std::map<std::string, std::string> variables_;
};

// `NAME=value` a line; `export`, `#` comments and single or double quotes are understood (in double quotes
// also \n \t \" \\). Lines that are something else become errors at `file`:line.
std::map<std::string, std::string> parse_env_file(std::string_view text, std::string const& file,
                                                  input_problems& problems);

}  // namespace parley
