#include "adapters/cli/configuration_layers.hpp"

#include "runner/inputs/input_problems.hpp"

#include <algorithm>

namespace parley {
namespace {

constexpr std::string_view base_profile = "default";
constexpr std::string_view set_prefix = "--set ";

using chain = std::vector<located_tree const*>;  // from the lowest layer up

class profile_chain {
 public:
  profile_chain(located_tree const& profiles, input_problems& problems)
      : profiles_(profiles), problems_(problems) {}

  // Follows `inherits` from `name` down. `asked_at` is where the name was written.
  chain follow(std::string const& name, source_position const& asked_at) {
    chain layers;
    std::vector<std::string> seen;
    std::string current = name;
    source_position where = asked_at;
    while (true) {
      auto const* const profile = profiles_.find(current);
      if (profile == nullptr) {
        if (current != base_profile) report_unknown(current, where);
        break;
      }
      if (std::find(seen.begin(), seen.end(), current) != seen.end()) {
        problems_.error(where, "profile '" + current + "' inherits from itself", "break the circle");
        break;
      }
      seen.push_back(current);
      layers.insert(layers.begin(), profile);
      auto const* const inherits = profile->find("inherits");
      if (current == base_profile && inherits == nullptr) break;
      if (inherits != nullptr) where = inherits->where();
      current = inherits != nullptr && inherits->is_string() ? inherits->text : std::string(base_profile);
    }
    return layers;
  }

  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (auto const& entry : profiles_.entries) all.push_back(entry.key);
    return all;
  }

 private:
  void report_unknown(std::string const& name, source_position const& where) {
    auto const near = nearest_name(name, names());
    problems_.error(where, "unknown profile '" + name + "'",
                    near.empty() ? "add it under profiles" : "did you mean '" + near + "'?");
  }

  located_tree const& profiles_;
  input_problems& problems_;
};

void erase_key(located_tree& map, std::string_view key) {
  std::erase_if(map.entries, [&](auto const& entry) { return entry.key == key; });
}

void relocate(located_tree& node, located_place const& place) {
  node.place = place;
  for (auto& item : node.items) relocate(item, place);
  for (auto& entry : node.entries) {
    entry.key_place = place;
    relocate(entry.value, place);
  }
}

}  // namespace

void overlay(located_tree& base, located_tree const& above) {
  if (!base.is_map() || !above.is_map()) {
    base = above;
    return;
  }
  for (auto const& entry : above.entries) {
    auto const same = std::find_if(base.entries.begin(), base.entries.end(),
                                   [&](auto const& e) { return e.key == entry.key; });
    if (same == base.entries.end()) {
      base.entries.push_back(entry);
    } else {
      overlay(same->value, entry.value);
    }
  }
}

located_tree merge_profiles(located_tree const& document, std::optional<std::string> const& profile,
                            input_problems& problems) {
  located_tree merged = document;
  erase_key(merged, "profiles");
  static located_tree const none{
      .type = located_tree::kind::map, .number = {}, .text = {}, .items = {}, .entries = {}, .place = {}};
  auto const* const written = document.find("profiles");
  profile_chain profiles(written != nullptr ? *written : none, problems);
  for (auto const& name : profiles.names()) {
    auto const* const inherits = written->find(name)->find("inherits");
    if (inherits != nullptr) profiles.follow(name, inherits->where());
  }
  source_position const flag{"-P " + profile.value_or(""), 0, 0, {}};
  for (auto const* layer : profiles.follow(profile.value_or(std::string(base_profile)), flag)) {
    located_tree changes = *layer;
    erase_key(changes, "inherits");
    overlay(merged, changes);
  }
  return merged;
}

std::optional<located_tree> read_set_flag(std::string const& change, input_problems& problems) {
  auto const equals = change.find('=');
  auto const path = change.substr(0, equals);
  auto const name = std::make_shared<std::string const>(std::string(set_prefix) + path);
  located_place const place{name, 0, 0, {}};
  auto value = read_located_text(std::string_view(change).substr(equals + 1), *name, false, problems);
  if (!value) return std::nullopt;
  relocate(*value, place);
  for (std::size_t end = path.size(); end != std::string::npos;) {
    auto const dot = end == 0 ? std::string::npos : path.rfind('.', end - 1);
    auto key =
        path.substr(dot == std::string::npos ? 0 : dot + 1, end - (dot == std::string::npos ? 0 : dot + 1));
    if (key.empty()) {
      problems.error(place.where(), "the path '" + path + "' has an empty part", "write it like run.jobs");
      return std::nullopt;
    }
    located_tree map;
    map.type = located_tree::kind::map;
    map.place = place;
    map.entries.push_back({std::move(key), place, std::move(*value)});
    value = std::move(map);
    end = dot;
  }
  return value;
}

bool is_from_set_flag(located_tree const& node) {
  return node.place.file != nullptr && node.place.file->starts_with(set_prefix);
}

}  // namespace parley
