// Questions to the registry's store: which objects, in which order, which page.
#pragma once

#include "runner/registry/registry_object.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace parley {

// One filter by facet: holds when any of `values` does.
struct facet_filter {
  enum class match { any_value, value };  // any_value: the name alone counts, whatever its value
  std::string name;
  match how = match::value;
  std::vector<std::optional<std::string>> values;  // OR; only of match::value; nullopt is the value null
};

inline facet_filter facet_is(std::string name, std::optional<std::string> value) {
  facet_filter filter;
  filter.name = std::move(name);
  filter.values.push_back(std::move(value));
  return filter;
}

struct object_filter {
  std::string organization;
  object_kind kind = object_kind::scenario;
  std::vector<std::string> ids;              // OR; empty = all
  std::vector<std::string> creators;         // user ids, OR; empty = all
  std::optional<bool> is_deleted;            // absent = both
  std::vector<facet_filter> facets;          // AND
  std::optional<micro_time> created_after;   // exclusive
  std::optional<micro_time> created_before;  // exclusive
};

struct sort_key {
  enum class field { created_at, updated_at, name };
  field by = field::created_at;
  bool descending = true;
};

struct list_query {
  object_filter filter;
  std::vector<sort_key> order;  // empty: newest first. Ties are broken by the next key, at last by created_at
  int limit = 50;               // 0: no objects
  std::int64_t token = 0;       // of the page before; 0 = the first page
};

struct object_page {
  std::vector<registry_object> objects;
  std::optional<std::int64_t> next;  // token of the next page; nullopt on the last one
};

// Distinct values among the objects of a filter, ascending by bytes.
struct facet_values {
  std::vector<std::string> creators;  // user ids
  std::vector<std::string> tags;      // keys
  std::vector<std::string> roles;     // values of the facet "role"
};

struct search_query {
  object_filter filter;  // live objects only, unless it says otherwise
  std::string text;      // trimmed, not empty
  int limit = 50;
};

// Versions `first` to `last`, both inclusive; numbers that do not exist are left out.
struct version_query {
  object_key of;
  int first = 1;
  std::optional<int> last;   // nullopt: up to the latest
  bool latest_only = false;  // wins over the numbers
  bool descending = true;
  int limit = 10;
  std::int64_t token = 0;  // number of the last version of the page before; 0 = the first page
};

struct version_page {
  registry_object of;  // as it is now; deleted ones too
  std::vector<object_version> versions;
  std::optional<std::int64_t> next;
};

}  // namespace parley
