#include "adapters/storage/registry_lists.hpp"
#include "adapters/storage/registry_rows.hpp"
#include "adapters/storage/resolved_filter.hpp"
#include "runner/registry/storable_text.hpp"

#include <set>

namespace parley {

namespace asio = boost::asio;

namespace {

constexpr std::int64_t few_enough_to_read = 50;

struct distinct_values {
  std::set<std::string> creators, tags, roles;

  void add(std::string const& creator, std::vector<facet> const& facets) {
    creators.insert(creator);
    for (facet const& f : facets) {
      if (f.name.starts_with("tag:")) tags.insert(f.name.substr(4));
      if (f.name == "role" && f.value) roles.insert(*f.value);
    }
  }
  facet_values all() const {
    facet_values found;
    found.creators.assign(creators.begin(), creators.end());
    found.tags.assign(tags.begin(), tags.end());
    found.roles.assign(roles.begin(), roles.end());
    return found;
  }
};

// Few objects: look at them all.
asio::awaitable<facet_values> values_of_objects(sql_session& s, resolved_filter const& filter) {
  sql_text sql;
  if (filter.ids.empty()) {
    sql << "SELECT o.created_by, o.facets FROM (SELECT DISTINCT p.object FROM postings p WHERE p.term IN (";
    add_numbers(sql, filter.groups.front().terms);
    sql << ")) AS d CROSS JOIN objects o WHERE o.created_at = d.object";
    add_conditions(sql, filter, 1, "o.created_at");
  } else {
    sql << "SELECT o.created_by, o.facets FROM objects o WHERE o.collection = ";
    sql.bind(filter.collection);
    add_ids(sql, filter);
    add_conditions(sql, filter, 0, "o.created_at");
  }
  sql_rows const rows = co_await s.run(sql.text(), sql.values());
  distinct_values found;
  for (std::size_t row = 0; row < rows.size(); ++row)
    found.add(rows.text(row, 0), read_facets(rows.text(row, 1)));
  co_return found.all();
}

// Many objects: take each value that was ever used and look for one object that has it.
asio::awaitable<std::vector<std::string>> used_terms(sql_session& s, resolved_filter const& filter,
                                                     std::string_view column, std::string_view which) {
  sql_text sql;
  sql << "SELECT t." << column << " FROM terms t WHERE t.collection = ";
  sql.bind(filter.collection) << " AND " << which;
  add_meetings(sql, filter, "t.id");
  sql << " AND EXISTS (SELECT 1 FROM postings p WHERE p.term = t.id";
  add_conditions(sql, filter, 0, "p.object");
  sql << ") ORDER BY t." << column;
  sql_rows const rows = co_await s.run(sql.text(), sql.values());
  std::vector<std::string> found;
  for (std::size_t row = 0; row < rows.size(); ++row) found.push_back(rows.text(row, 0));
  co_return found;
}

std::vector<std::string> without_prefix(std::vector<std::string> all, std::size_t length) {
  for (std::string& text : all) text.erase(0, length);
  return all;
}

}  // namespace

asio::awaitable<registry_outcome<facet_values>> find_values(sql_session& s, object_filter const& of) {
  facet_values found;
  if (!is_storable(of)) co_return unstorable_question();
  resolved_filter const filter = co_await resolve(s, of, few_enough_to_read);
  if (filter.matches_nothing) co_return found;
  if (!filter.ids.empty() || filter.has_rare_group()) {
    found = co_await values_of_objects(s, filter);
    co_return found;
  }
  auto creators = co_await used_terms(s, filter, "value", "t.name = '@creator'");
  auto tags =
      co_await used_terms(s, filter, "name", "t.value = '*' AND t.name >= 'tag:' AND t.name < 'tag;'");
  auto roles =
      co_await used_terms(s, filter, "value", "t.name = 'role' AND t.value >= '=' AND t.value < '>'");
  found.creators = without_prefix(std::move(creators), 1);
  found.tags = without_prefix(std::move(tags), 4);
  found.roles = without_prefix(std::move(roles), 1);
  co_return found;
}

}  // namespace parley
