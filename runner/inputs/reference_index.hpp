// Finds things by reference: exact name, else id, else slug of the name (formats §1).
#pragma once

#include "runner/inputs/input_problems.hpp"
#include "runner/inputs/source_position.hpp"

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace parley {

class reference_index {
 public:
  explicit reference_index(std::string kind) : kind_(std::move(kind)) {}  // "scenario", "persona", "agent"

  // Things are numbered in the order they are added. An empty id is no id.
  void add(std::string const& name, std::string const& id, source_position where = {});

  // Everything that the first of the three ways finds.
  std::vector<std::size_t> find(std::string const& reference) const;

  // The one thing meant; otherwise nullopt and an error at `where` with the nearest name, or with all
  // matches.
  std::optional<std::size_t> resolve(std::string const& reference, source_position const& where,
                                     input_problems& problems) const;
  // The same as a problem that is not reported yet; nullopt when exactly one thing is meant.
  std::optional<input_problem> problem_with(std::string const& reference, source_position const& where) const;

  std::vector<std::string> const& names() const { return names_; }

 private:
  using places = std::unordered_map<std::string, std::vector<std::size_t>>;

  std::string kind_;
  std::vector<std::string> names_;
  std::vector<std::string> ids_;
  std::vector<source_position> where_;
  places by_name_;
  places by_id_;
  places by_slug_;
};

// "did you mean 'X'?", else the names there are when they are few.
std::string name_remedy(std::string const& wrong, std::vector<std::string> const& names);

}  // namespace parley
