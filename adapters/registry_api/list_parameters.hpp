// The query grammar that all lists, searches and version reads of the Amigo dialect share.
#pragma once

#include "adapters/registry_api/api_route.hpp"
#include "runner/registry/list_query.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace parley {

struct page_limits {
  int usual = 50;
  int most = 200;
};

// id, creator, tag, is_deleted, sort_by, limit and continuation_token. What is wrong is noted in the query:
// ask it with `check` after everything was read.
list_query read_list_query(api_call const& call, query_parameters& query, object_kind kind,
                           page_limits limits);

// query, creator and tag: live objects whose name matches.
search_query read_search_query(api_call const& call, query_parameters& query, object_kind kind);

// version, limit, continuation_token and sort_by.
version_query read_version_query(api_call const& call, query_parameters& query, object_kind kind);

// A repeatable parameter that filters by a facet: `role`, `persona_id` -> facet "persona".
void read_facet_filter(query_parameters& query, std::string const& parameter, std::string const& facet_name,
                       object_filter& into);
// The same for ids: anything but 24 hex digits is refused.
void read_reference_filter(query_parameters& query, std::string const& parameter,
                           std::string const& facet_name, object_filter& into);

std::vector<api_parameter> list_parameters();
std::vector<api_parameter> search_parameters();
std::vector<api_parameter> version_parameters();

}  // namespace parley
