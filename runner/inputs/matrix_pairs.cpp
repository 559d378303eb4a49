#include "runner/inputs/matrix_pairs.hpp"

#include "runner/inputs/glob.hpp"
#include "runner/inputs/tag_selector.hpp"

#include <algorithm>
#include <set>

namespace parley {
namespace {

// A selector over scenarios or personas, ready to match.
class selector {
 public:
  selector(matrix_selector const& written, reference_index const& known, std::string const& kind,
           source_position const& where, input_problems& problems)
      : names_(compile_globs(written.names)) {
    for (auto const& name : written.names) check_name(name, known, kind, where, problems);
    for (auto const& text : written.tags) {
      auto const tag = parse_tag_selector(text);
      if (tag) {
        tags_.push_back(*tag);
      } else {
        problems.error(where, "tag '" + text + "' has no key", "write KEY, KEY:VALUE, KEY: or KEY:*");
      }
    }
  }

  bool matches(std::string const& name, tag_map const& tags) const {
    if (!names_.empty() && !any_matches(names_, name)) return false;
    return std::all_of(tags_.begin(), tags_.end(), [&](auto const& tag) { return tag.matches(tags); });
  }

 private:
  static void check_name(std::string const& name, reference_index const& known, std::string const& kind,
                         source_position const& where, input_problems& problems) {
    if (is_glob(name)) return;
    glob const exact(name);
    auto const& names = known.names();
    if (std::any_of(names.begin(), names.end(), [&](auto const& n) { return exact.matches(n); })) return;
    problems.error(where, "the matrix names an unknown " + kind + " '" + name + "'",
                   name_remedy(name, names));
  }

  std::vector<glob> names_;
  std::vector<tag_selector> tags_;
};

source_position const& place_of(matrix_selector const& written, test_matrix const& matrix) {
  return written.where.file.empty() ? matrix.where : written.where;
}

template <class T>
std::vector<std::size_t> picked(std::vector<T> const& all, selector const& wanted) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (wanted.matches(all[i].name, all[i].tags)) places.push_back(i);
  return places;
}

// One line of `exclude`; an absent side stands for all, a reference nobody knows excludes nothing.
class exclusion {
 public:
  exclusion(matrix_exclusion const& written, input_catalog const& catalog, source_position const& where,
            input_problems& problems)
      : any_scenario_(!written.scenario), any_persona_(!written.persona) {
    if (written.scenario) scenario_ = catalog.scenario_names().resolve(*written.scenario, where, problems);
    if (written.persona) persona_ = catalog.persona_names().resolve(*written.persona, where, problems);
  }

  bool covers(test_pair const& pair) const {
    bool const scenario = any_scenario_ || (scenario_ && *scenario_ == pair.told);
    bool const persona = any_persona_ || (persona_ && pair.teller && *persona_ == *pair.teller);
    return scenario && persona;
  }

 private:
  bool any_scenario_;
  bool any_persona_;
  std::optional<std::size_t> scenario_;
  std::optional<std::size_t> persona_;
};

std::vector<exclusion> exclusions_of(test_matrix const& matrix, input_catalog const& catalog,
                                     input_problems& problems) {
  std::vector<exclusion> all;
  for (auto const& written : matrix.exclude) all.emplace_back(written, catalog, matrix.where, problems);
  return all;
}

}  // namespace

matrix_pairs pair_up(test_matrix const& matrix, input_catalog const& catalog, input_problems& problems) {
  matrix_pairs made;
  auto const errors_before = problems.error_count();
  selector const scenarios(matrix.scenarios, catalog.scenario_names(), "scenario",
                           place_of(matrix.scenarios, matrix), problems);
  matrix_selector const chosen = matrix.personas.value_or(matrix_selector{});
  selector const personas(chosen, catalog.persona_names(), "persona", place_of(chosen, matrix), problems);
  auto const excluded = exclusions_of(matrix, catalog, problems);
  auto const tellers = picked(catalog.personas(), personas);
  made.mentioned = picked(catalog.scenarios(), scenarios);
  auto const add = [&](test_pair pair) {
    auto const covers = [&](auto const& each) { return each.covers(pair); };
    if (std::none_of(excluded.begin(), excluded.end(), covers)) made.pairs.push_back(pair);
  };
  for (auto const told : made.mentioned) {
    if (catalog.scenarios()[told].lead && !matrix.personas) {
      add({told, std::nullopt});
    } else {
      for (auto const teller : tellers) add({told, teller});
    }
  }
  if (made.pairs.empty() && problems.error_count() == errors_before)
    problems.warning(matrix.where, "this matrix makes no unit test",
                     made.mentioned.empty() ? "its `scenarios` pick nothing"
                     : tellers.empty()      ? "its `personas` pick nothing"
                                            : "its `exclude` leaves nothing");
  return made;
}

}  // namespace parley
