#include "adapters/registry_api/list_parameters.hpp"

#include "runner/evaluation/white_space.hpp"
#include "runner/registry/sort_order.hpp"
#include "runner/registry/tag_grammar.hpp"
#include "runner/registry/text_rules.hpp"
#include "runner/registry/version_selector.hpp"

#include <cstdint>

namespace parley {
namespace {

constexpr std::size_t most_values = 200;  // of one repeatable parameter

std::vector<std::string> values_of(query_parameters& query, std::string const& name) {
  auto values = query.all(name);
  if (values.size() > most_values) {
    query.refuse(name, "given " + std::to_string(values.size()) + " times; at most 200 are read");
    values.clear();
  }
  return values;
}

std::vector<std::string> ids_of(query_parameters& query, std::string const& name) {
  auto values = values_of(query, name);
  for (auto const& id : values)
    if (!is_object_id(id)) query.refuse(name, "'" + id + "' is no id: expected 24 lower-case hex digits");
  return values;
}

// `org_id,user_id`; of other organisations there is nothing to be found.
void read_creators(api_call const& call, query_parameters& query, object_filter& into) {
  for (auto const& written : values_of(query, "creator")) {
    auto const comma = written.find(',');
    bool const pair = comma != written.npos && written.find(',', comma + 1) == written.npos;
    if (!pair || comma == 0 || comma + 1 == written.size()) {
      query.refuse("creator", "'" + written + "': expected org_id,user_id");
      continue;
    }
    bool const own = written.substr(0, comma) == call.who.organization;
    into.creators.push_back(own ? written.substr(comma + 1) : std::string("\n"));  // no user has this id
  }
}

void read_tags(query_parameters& query, object_filter& into) {
  for (auto const& written : values_of(query, "tag")) {
    auto filter = parse_tag_filter(written);
    if (filter)
      into.facets.push_back(*std::move(filter));
    else
      query.refuse("tag", "'" + written + "': expected key:*, key: or key:value");
  }
}

object_filter base_filter(api_call const& call, query_parameters& query, object_kind kind) {
  object_filter filter;
  filter.organization = call.who.organization;
  filter.kind = kind;
  read_creators(call, query, filter);
  read_tags(query, filter);
  return filter;
}

}  // namespace

list_query read_list_query(api_call const& call, query_parameters& query, object_kind kind,
                           page_limits limits) {
  list_query list;
  list.filter = base_filter(call, query, kind);
  list.filter.ids = ids_of(query, "id");
  list.filter.is_deleted = query.flag("is_deleted");
  for (auto const& written : values_of(query, "sort_by")) {
    auto const key = parse_sort_key(written);
    if (key)
      list.order.push_back(*key);
    else
      query.refuse("sort_by", "'" + written + "': expected +field or -field of created_at, updated_at, name");
  }
  list.limit = static_cast<int>(query.integer("limit", 0, limits.most).value_or(limits.usual));
  list.token = query.integer("continuation_token", 0, INT64_MAX).value_or(0);
  return list;
}

search_query read_search_query(api_call const& call, query_parameters& query, object_kind kind) {
  search_query search;
  search.filter = base_filter(call, query, kind);
  search.filter.is_deleted = false;
  search.text = std::string(trimmed(query.text("query").value_or("")));
  if (search.text.empty() && query.all("query").size() < 2)
    query.refuse("query", "missing: expected a text to look for");
  if (search.text.size() > longest_name) query.refuse("query", "longer than 1024 bytes");
  return search;
}

version_query read_version_query(api_call const& call, query_parameters& query, object_kind kind) {
  version_query versions;
  versions.of = object_key(call.who.organization, kind, call.id());
  if (auto const selector = query.text("version"); selector && !read_version_selector(*selector, versions))
    query.refuse("version", "'" + *selector + "': expected N, latest, A-B or A-latest");
  for (auto const& written : values_of(query, "sort_by")) {
    auto const order = parse_version_order(written);
    if (order)
      versions.descending = *order;
    else
      query.refuse("sort_by", "'" + written + "': expected +version or -version");
  }
  versions.limit = static_cast<int>(query.integer("limit", 1, 10).value_or(10));
  versions.token = query.integer("continuation_token", 0, INT64_MAX).value_or(0);
  return versions;
}

void read_facet_filter(query_parameters& query, std::string const& parameter, std::string const& facet_name,
                       object_filter& into) {
  auto const values = values_of(query, parameter);
  if (values.empty()) return;
  facet_filter filter;
  filter.name = facet_name;
  for (auto const& value : values) filter.values.emplace_back(std::string(trimmed(value)));
  into.facets.push_back(std::move(filter));
}

void read_reference_filter(query_parameters& query, std::string const& parameter,
                           std::string const& facet_name, object_filter& into) {
  ids_of(query, parameter);
  read_facet_filter(query, parameter, facet_name, into);
}

std::vector<api_parameter> list_parameters() {
  return {{"id", "ids to list; any of them", true, false},
          {"limit", "objects of a page; 0 for filter_values alone", false, false},
          {"continuation_token", "of the page before; take it as it is", false, false},
          {"is_deleted", "true: deleted ones only; false: live ones only; absent: both", false, false},
          {"creator", "org_id,user_id; any of them", true, false},
          {"tag", "key:*, key: or key:value; all of them", true, false},
          {"sort_by", "+ or - before created_at, updated_at or name; -created_at when absent", true, false}};
}

std::vector<api_parameter> search_parameters() {
  return {{"query", "a text to look for, whatever its case", false, true},
          {"creator", "org_id,user_id; any of them", true, false},
          {"tag", "key:*, key: or key:value; all of them", true, false}};
}

std::vector<api_parameter> version_parameters() {
  return {{"version", "N, latest, A-B or A-latest; absent: all", false, false},
          {"limit", "versions of a page, 1 to 10", false, false},
          {"continuation_token", "of the page before; take it as it is", false, false},
          {"sort_by", "+version or -version; -version when absent", true, false}};
}

}  // namespace parley
