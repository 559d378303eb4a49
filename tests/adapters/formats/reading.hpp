// Reads a text with one of the formats and keeps the problems as a user would see them.
#pragma once

#include "adapters/formats/located_tree.hpp"

#include <string>
#include <vector>

namespace parley::test {

using problem_list = std::vector<std::string>;

inline problem_list texts_of(input_problems const& problems) {
  problem_list texts;
  for (auto const& problem : problems.sorted()) texts.push_back(to_text(problem));
  return texts;
}

template <class T>
struct reading {
  std::optional<T> value;
  problem_list problems;
};

// `read` is a function of (located_tree const&, input_problems&); the file is called f.yaml or f.json.
template <class Read>
auto read_with(Read read, std::string const& text, bool is_json = false) {
  input_problems problems;
  auto const tree = read_located_text(text, is_json ? "f.json" : "f.yaml", is_json, problems);
  using value_type = typename decltype(read(*tree, problems))::value_type;
  reading<value_type> result;
  if (tree) result.value = read(*tree, problems);
  result.problems = texts_of(problems);
  return result;
}

}  // namespace parley::test
