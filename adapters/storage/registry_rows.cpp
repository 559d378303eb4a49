#include "adapters/storage/registry_rows.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace parley {

using nlohmann::json;

std::string const object_columns =
    "o.created_at, o.id, o.name, o.name_is_unique, o.searched_text, o.facets, o.body, o.is_deleted, "
    "o.latest_version, o.created_by, o.updated_by, o.updated_at";

namespace {

// Written by ourselves; what is not JSON any more was damaged on disk.
json stored_json(std::string const& text) {
  auto value = json::parse(text, nullptr, false);
  if (value.is_discarded()) throw sql_error(sql_error::cause::unavailable, "the database holds damaged JSON");
  return value;
}

}  // namespace

std::vector<facet> read_facets(std::string const& text) {
  std::vector<facet> facets;
  if (text == "[]") return facets;
  for (json const& pair : stored_json(text)) {
    std::optional<std::string> value;
    if (!pair.at(1).is_null()) value = pair.at(1).get<std::string>();
    facets.emplace_back(pair.at(0).get<std::string>(), std::move(value));
  }
  return facets;
}

json_value read_json(std::string const& text) {
  static json_value const empty(json::object());
  if (text == "{}") return empty;  // most bodies
  return text == "null" ? json_value() : json_value(stored_json(text));
}

registry_object read_object(sql_rows const& rows, std::size_t row, std::string const& organization,
                            object_kind kind) {
  registry_object object;
  object.key = object_key(organization, kind, rows.text(row, 1));
  object.name = rows.text(row, 2);
  object.name_is_unique = rows.number(row, 3) != 0;
  object.searched_text = rows.text(row, 4);
  object.facets = read_facets(rows.text(row, 5));
  object.body = read_json(rows.text(row, 6));
  object.is_deleted = rows.number(row, 7) != 0;
  object.latest_version = static_cast<int>(rows.number(row, 8));
  object.created_by = rows.text(row, 9);
  object.updated_by = rows.text(row, 10);
  object.created_at = time_of(rows.number(row, 0));
  object.updated_at = time_of(rows.number(row, 11));
  return object;
}

std::vector<registry_object> read_objects(sql_rows const& rows, std::string const& organization,
                                          object_kind kind) {
  std::vector<registry_object> objects;
  objects.reserve(rows.size());
  for (std::size_t row = 0; row < rows.size(); ++row)
    objects.push_back(read_object(rows, row, organization, kind));
  return objects;
}

std::string facets_text(std::vector<facet> const& facets) {
  std::string text = "[";
  for (facet const& f : facets) {
    text += text.size() == 1 ? "[" : ",[";
    append_quoted(text, f.name);
    text += ',';
    if (f.value)
      append_quoted(text, *f.value);
    else
      text += "null";
    text += ']';
  }
  return text + "]";
}

std::int64_t count_of(micro_time time) {
  return time.time_since_epoch().count();
}

micro_time time_of(std::int64_t count) {
  return micro_time(std::chrono::microseconds(count));
}

index_term creator_term(std::string const& user) {
  return {"@creator", "=" + user};
}

index_term state_term(bool is_deleted) {
  return {"@state", is_deleted ? "=deleted" : "=live"};
}

index_term facet_term(std::string const& name, std::optional<std::string> const& value) {
  return {name, value ? "=" + *value : ""};
}

index_term any_value_term(std::string const& name) {
  return {name, "*"};
}

bool is_paired(index_term const& term) {
  return term.name.starts_with('@') || term.name.starts_with("tag:") || term.name == "role";
}

std::vector<index_term> terms_of(registry_object const& object) {
  std::vector<index_term> terms{creator_term(object.created_by), state_term(object.is_deleted)};
  for (facet const& f : object.facets) {
    terms.push_back(facet_term(f.name, f.value));
    terms.push_back(any_value_term(f.name));
  }
  std::sort(terms.begin(), terms.end());
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
  return terms;
}

}  // namespace parley
