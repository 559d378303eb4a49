// What the registry keeps: objects with a name, facets to find them by, and numbered immutable versions. What
// a dialect wrote stands in `body` and in the versions' `content`; the rules of both dialects are above this.
#pragma once

#include "runner/json_value.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace parley {

using micro_time = std::chrono::sys_time<std::chrono::microseconds>;

enum class object_kind {
  organization,
  user,
  api_key,
  scenario,
  persona,
  unit_test,
  unit_test_set,
  unit_test_set_run,
  metric,
  simulation,      // results of an Eqho run
  simulation_run,  // one conversation of them
};
std::string_view to_text(object_kind kind);  // "unit_test": also the facet by which others refer to it

// Where an object lives. Organisations themselves live in the organisation "".
struct object_key {
  object_key() = default;
  object_key(std::string o, object_kind k, std::string i)
      : organization(std::move(o)), kind(k), id(std::move(i)) {}

  std::string organization;
  object_kind kind = object_kind::scenario;
  std::string id;  // 24 lower-case hex digits; of an organisation its name

  friend auto operator<=>(object_key const&, object_key const&) = default;
};

// One property by which objects are found: a tag ("tag:priority"), a reference ("scenario" -> its id), a
// state
// ("is_completed" -> "true"). Names may stand several times with different values; nullopt is the value null.
struct facet {
  facet(std::string n, std::optional<std::string> v) : name(std::move(n)), value(std::move(v)) {}
  std::string name;
  std::optional<std::string> value;
  friend auto operator<=>(facet const&, facet const&) = default;
};

struct registry_object {
  object_key key;
  std::string name;             // empty: it has none
  bool name_is_unique = false;  // among live objects of its kind and organisation that say so too
  std::vector<facet> facets;
  std::string searched_text;  // matched by a search like the name; empty: only the name is
  json_value body;
  bool is_deleted = false;
  int latest_version = 0;  // 0: it has no versions
  std::string created_by;  // user ids
  std::string updated_by;
  // Given by the store: no two objects of a store share one of either, so both order objects totally.
  micro_time created_at{};
  micro_time updated_at{};
};

struct object_version {
  int number = 1;
  json_value content;
  std::string created_by;
  micro_time created_at{};
};

}  // namespace parley
