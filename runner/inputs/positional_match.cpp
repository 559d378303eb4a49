#include "runner/inputs/positional_match.hpp"

#include "runner/inputs/text_search.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_set>

namespace parley {
namespace {

using spot = std::tuple<std::string, int, int>;  // file, line, column

spot spot_of(source_position const& where) {
  return {where.file, where.line, where.column};
}

// Where the things stand that make a path pick this cell.
std::vector<source_position const*> places_of(planned_cell const& planned) {
  auto const& unit = *planned.unit;
  if (planned.unmentioned) return {&unit.scenario_used->where};
  return {&unit.where, &unit.scenario_used->where, &unit.persona_used->where};
}

template <class Predicate>
std::vector<bool> matching(expansion const& all, Predicate const& matches) {
  std::vector<bool> matched;
  matched.reserve(all.cells.size());
  for (auto const& planned : all.cells) matched.push_back(matches(planned));
  return matched;
}

bool any(std::vector<bool> const& matched) {
  return std::find(matched.begin(), matched.end(), true) != matched.end();
}

std::vector<bool> match_files(std::unordered_set<std::string> const& files, expansion const& all) {
  return matching(all, [&](planned_cell const& planned) {
    auto const places = places_of(planned);
    return std::any_of(places.begin(), places.end(), [&](auto const* p) { return files.contains(p->file); });
  });
}

// What stands at a line is the last thing that begins at or before it.
std::vector<bool> match_line(std::unordered_set<std::string> const& files, int line, expansion const& all) {
  std::optional<spot> nearest;
  for (auto const& planned : all.cells) {
    for (auto const* place : places_of(planned)) {
      if (!files.contains(place->file) || place->line > line) continue;
      if (!nearest ||
          std::tie(std::get<1>(*nearest), std::get<2>(*nearest)) < std::tie(place->line, place->column))
        nearest = spot_of(*place);
    }
  }
  return matching(all, [&](planned_cell const& planned) {
    auto const places = places_of(planned);
    return std::any_of(places.begin(), places.end(), [&](auto const* p) { return spot_of(*p) == nearest; });
  });
}

std::vector<bool> match_path(positional const& wanted, expansion const& all) {
  std::unordered_set<std::string> const files(wanted.files->begin(), wanted.files->end());
  return wanted.line > 0 ? match_line(files, wanted.line, all) : match_files(files, all);
}

std::vector<bool> match_piece(std::string const& text, expansion const& all) {
  text_search const piece(text);
  return matching(all, [&](planned_cell const& planned) {
    auto const& unit = *planned.unit;
    if (piece.find(unit.scenario_used->name)) return true;
    auto const in_id = piece.find(unit.id.value);
    if (planned.unmentioned) return in_id && *in_id < unit.id.value.find('@');
    return in_id || piece.find(unit.persona_used->name) || piece.find(unit.name);
  });
}

// Who mistypes a name seldom types all of it.
std::string nearest_beginning(std::string const& text, std::set<std::string> const& names) {
  std::map<std::string, std::string> begins;
  for (auto const& name : names) begins.emplace(name.substr(0, text.size()), name);
  std::vector<std::string> beginnings;
  beginnings.reserve(begins.size());
  for (auto const& [begin, name] : begins) beginnings.push_back(begin);
  auto const near = nearest_name(text, beginnings);
  return near.empty() ? near : begins.at(near);
}

void complain(std::string const& text, expansion const& all, input_problems& problems) {
  std::set<std::string> names;
  for (auto const& planned : all.cells) {
    auto const& unit = *planned.unit;
    names.insert({unit.id.value, unit.scenario_used->name, unit.persona_used->name, slug(unit.set)});
    names.insert({slug(unit.scenario_used->name), slug(unit.persona_used->name)});
    if (!unit.name.empty()) names.insert(unit.name);
  }
  names.erase("");
  auto near = nearest_name(text, {names.begin(), names.end()});
  if (near.empty()) near = nearest_beginning(text, names);
  problems.error({}, "'" + text + "' is no path, no id, and part of no id or name",
                 near.empty() ? "`parley list` shows every cell" : "did you mean '" + near + "'?");
}

}  // namespace

std::vector<bool> match_positional(positional const& wanted, expansion const& all, input_problems& problems) {
  if (wanted.files) return match_path(wanted, all);
  auto matched = matching(all, [&](auto const& planned) { return planned.unit->id.value == wanted.text; });
  if (any(matched)) return matched;
  matched = matching(all, [&](auto const& planned) {
    auto const& id = planned.unit->scenario_used->id.value;
    return !id.empty() && id == wanted.text;
  });
  if (any(matched)) return matched;
  if (!wanted.text.empty()) matched = match_piece(wanted.text, all);
  if (!any(matched)) complain(wanted.text, all, problems);
  return matched;
}

}  // namespace parley
