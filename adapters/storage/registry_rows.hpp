// Rows of the registry's tables as the objects they hold, and back.
#pragma once

#include "adapters/storage/sql_session.hpp"
#include "runner/registry/list_query.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace parley {

// The columns of `objects o` that read_object wants, for a SELECT.
extern std::string const object_columns;

registry_object read_object(sql_rows const& rows, std::size_t row, std::string const& organization,
                            object_kind kind);
std::vector<registry_object> read_objects(sql_rows const& rows, std::string const& organization,
                                          object_kind kind);

// JSON as it was stored.
json_value read_json(std::string const& text);

std::vector<facet> read_facets(std::string const& text);
std::string facets_text(std::vector<facet> const& facets);

std::int64_t count_of(micro_time time);
micro_time time_of(std::int64_t count);

// What an object is found by: its facets, its creator and its state, each a pair of name and value.
struct index_term {
  index_term(std::string n, std::string v) : name(std::move(n)), value(std::move(v)) {}
  std::string name;
  std::string value;  // "*" any value; "" null; "=text"
  friend auto operator<=>(index_term const&, index_term const&) = default;
};
index_term creator_term(std::string const& user);
index_term state_term(bool is_deleted);
index_term facet_term(std::string const& name, std::optional<std::string> const& value);
index_term any_value_term(std::string const& name);

// Tags, roles, creators and states: `pairs` keeps which of them have met. There are few of each object.
bool is_paired(index_term const& term);

// Sorted, each once.
std::vector<index_term> terms_of(registry_object const& object);

}  // namespace parley
