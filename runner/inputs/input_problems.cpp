#include "runner/inputs/input_problems.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace parley {
namespace {

auto key_of(input_problem const& p) {
  return std::tie(p.where.file, p.where.line, p.where.column, p.where.pointer);
}

bool same(input_problem const& a, input_problem const& b) {
  return key_of(a) == key_of(b) && a.severity == b.severity && a.what == b.what && a.remedy == b.remedy;
}

std::string lower_case(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

// Damerau-Levenshtein in its restricted form: no piece of the text is edited twice.
std::size_t edit_distance(std::string const& a, std::string const& b) {
  std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(before_last, last);
    std::swap(last, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t const replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
  }
  return row[b.size()];
}

}  // namespace

void input_problems::error(source_position where, std::string what, std::string remedy) {
  problems_.push_back(
      {input_problem::severity_level::error, std::move(where), std::move(what), std::move(remedy)});
}

void input_problems::warning(source_position where, std::string what, std::string remedy) {
  problems_.push_back(
      {input_problem::severity_level::warning, std::move(where), std::move(what), std::move(remedy)});
}

void input_problems::append(input_problems const& others) {
  // By value: appending a collection to itself must not walk a vector that grows.
  auto const copied = others.problems_;
  problems_.insert(problems_.end(), copied.begin(), copied.end());
}

bool input_problems::has_error_at(source_position const& where) const {
  auto const wanted = std::tie(where.file, where.line, where.column, where.pointer);
  return std::any_of(problems_.begin(), problems_.end(), [&](input_problem const& p) {
    return p.severity == input_problem::severity_level::error && key_of(p) == wanted;
  });
}

bool input_problems::has_errors() const {
  return std::any_of(problems_.begin(), problems_.end(),
                     [](auto const& p) { return p.severity == input_problem::severity_level::error; });
}

std::size_t input_problems::error_count() const {
  std::size_t errors = 0;
  for (auto const& p : sorted())
    if (p.severity == input_problem::severity_level::error) ++errors;
  return errors;
}

std::size_t input_problems::warning_count() const {
  return sorted().size() - error_count();
}

std::vector<input_problem> input_problems::sorted() const {
  auto ordered = problems_;
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](auto const& a, auto const& b) { return key_of(a) < key_of(b); });
  std::vector<input_problem> unique;
  std::size_t group = 0;  // start of the entries at the same position
  for (auto& p : ordered) {
    if (!unique.empty() && key_of(unique.back()) != key_of(p)) group = unique.size();
    auto const first = unique.begin() + static_cast<std::ptrdiff_t>(group);
    if (std::none_of(first, unique.end(), [&](auto const& seen) { return same(seen, p); }))
      unique.push_back(std::move(p));
  }
  return unique;
}

std::string to_text(input_problem const& problem) {
  std::string text = to_text(problem.where);
  if (!text.empty()) text += ": ";
  if (problem.severity == input_problem::severity_level::warning) text += "warning: ";
  text += problem.what;
  if (!problem.remedy.empty()) text += ", " + problem.remedy;
  return text;
}

std::string nearest_name(std::string const& word, std::vector<std::string> const& candidates) {
  std::string const wanted = lower_case(word);
  // A third of the word may be mistyped; beyond that a suggestion is more likely to mislead.
  std::size_t best = std::max<std::size_t>(wanted.size(), 3) / 3 + 1;
  std::string nearest;
  for (auto const& candidate : candidates) {
    std::size_t const distance = edit_distance(wanted, lower_case(candidate));
    if (distance >= best) continue;
    best = distance;
    nearest = candidate;
  }
  return nearest;
}

}  // namespace parley
