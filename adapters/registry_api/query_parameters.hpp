// The part of a request's target behind the question mark: read once, asked by name, everything that is wrong
// collected.
#pragma once

#include "runner/registry/registry_error.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley {

// "%2B" -> "+"; with `plus_is_space` also "+" -> " ". nullopt: a broken escape, or no UTF-8, or U+0000.
std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space);

class query_parameters {
 public:
  query_parameters() = default;
  explicit query_parameters(std::string_view query);  // without the question mark

  // All values of a repeatable parameter; `name[]` counts as `name`.
  std::vector<std::string> all(std::string const& name) const;
  bool has(std::string const& name) const { return !all(name).empty(); }

  // Of parameters that may stand once. Absent: nullopt. What is wrong is noted, see `check`.
  std::optional<std::string> text(std::string const& name);
  std::optional<bool> flag(std::string const& name);
  std::optional<std::int64_t> integer(std::string const& name, std::int64_t low, std::int64_t high);

  void refuse(std::string const& name, std::string why);
  // Fails with everything that was refused so far.
  registry_outcome<void> check() const;

 private:
  std::vector<std::pair<std::string, std::string>> values_;  // as they came
  std::vector<field_problem> problems_;
};

}  // namespace parley
