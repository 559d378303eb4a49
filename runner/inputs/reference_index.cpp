#include "runner/inputs/reference_index.hpp"

#include "runner/inputs/run_plan.hpp"

namespace parley {

void reference_index::add(std::string const& name, std::string const& id, source_position where) {
  std::size_t const number = names_.size();
  names_.push_back(name);
  ids_.push_back(id);
  where_.push_back(std::move(where));
  by_name_[name].push_back(number);
  if (!id.empty()) by_id_[id].push_back(number);
  by_slug_[slug(name)].push_back(number);
}

std::vector<std::size_t> reference_index::find(std::string const& reference) const {
  for (auto const* way : {&by_name_, &by_id_, &by_slug_}) {
    auto const found = way->find(reference);
    if (found != way->end()) return found->second;
  }
  return {};
}

std::optional<std::size_t> reference_index::resolve(std::string const& reference,
                                                    source_position const& where,
                                                    input_problems& problems) const {
  auto const found = find(reference);
  if (found.size() == 1) return found.front();
  auto const wrong = problem_with(reference, where);
  problems.error(wrong->where, wrong->what, wrong->remedy);
  return std::nullopt;
}

std::optional<input_problem> reference_index::problem_with(std::string const& reference,
                                                           source_position const& where) const {
  auto const found = find(reference);
  if (found.size() == 1) return std::nullopt;
  input_problem wrong{input_problem::severity_level::error, where, {}, {}};
  if (found.empty()) {
    wrong.what = "unknown " + kind_ + " '" + reference + "'";
    wrong.remedy = names_.empty() ? "there is no " + kind_ + " yet" : name_remedy(reference, names_);
    return wrong;
  }
  std::string all;
  for (auto const number : found) {
    all += (all.empty() ? "'" : ", '") + names_[number] + "'";
    if (!ids_[number].empty()) all += " with id " + ids_[number];
    if (auto const place = to_text(where_[number]); !place.empty()) all += " (" + place + ")";
  }
  wrong.what = kind_ + " '" + reference + "' is ambiguous: " + all;
  wrong.remedy = "refer to one by its exact name or id";
  return wrong;
}

std::string name_remedy(std::string const& wrong, std::vector<std::string> const& names) {
  constexpr std::size_t few = 8;
  if (auto const near = nearest_name(wrong, names); !near.empty()) return "did you mean '" + near + "'?";
  if (names.empty() || names.size() > few) return {};
  std::string known;
  for (auto const& name : names) known += (known.empty() ? "'" : ", '") + name + "'";
  return "known: " + known;
}

}  // namespace parley
