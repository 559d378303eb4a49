#include "adapters/storage/resolved_filter.hpp"

#include "adapters/storage/registry_reads.hpp"
#include "adapters/storage/registry_rows.hpp"

#include <algorithm>
#include <limits>

namespace parley {

namespace asio = boost::asio;

namespace {

std::vector<std::vector<index_term>> wanted_terms(object_filter const& filter) {
  std::vector<std::vector<index_term>> groups;
  for (facet_filter const& facet : filter.facets) {
    std::vector<index_term>& group = groups.emplace_back();
    if (facet.how == facet_filter::match::any_value) group.push_back(any_value_term(facet.name));
    if (facet.how == facet_filter::match::any_value) continue;
    for (auto const& value : facet.values) group.push_back(facet_term(facet.name, value));
  }
  if (!filter.creators.empty()) {
    std::vector<index_term>& group = groups.emplace_back();
    for (std::string const& user : filter.creators) group.push_back(creator_term(user));
  }
  if (filter.is_deleted) groups.push_back({state_term(*filter.is_deleted)});
  return groups;
}

asio::awaitable<term_group> resolve_group(sql_session& s, std::int64_t collection,
                                          std::vector<index_term> const& wanted, std::int64_t rare) {
  term_group group;
  group.is_paired = std::all_of(wanted.begin(), wanted.end(), is_paired);
  for (index_term const& term : wanted) {
    sql_rows const found =
        co_await s.run("SELECT id FROM terms WHERE collection = $1 AND name = $2 AND value = $3",
                       with(collection, term.name, term.value));
    if (!found.empty()) group.terms.push_back(found.number(0, 0));
  }
  std::sort(group.terms.begin(), group.terms.end());
  group.terms.erase(std::unique(group.terms.begin(), group.terms.end()), group.terms.end());
  if (group.terms.empty() || rare == 0) co_return group;
  sql_text count;
  count << "SELECT count(*) FROM (SELECT 1 FROM postings WHERE term IN (";
  add_numbers(count, group.terms);
  count << ") LIMIT ";
  count.bind(rare + 1) << ") AS few";
  sql_rows const counted = co_await s.run(count.text(), count.values());
  group.is_rare = counted.number(0, 0) <= rare;
  co_return group;
}

// Two terms that never stood on one object.
asio::awaitable<bool> is_never_met(sql_session& s, std::vector<term_group> const& groups) {
  for (std::size_t a = 0; a < groups.size(); ++a)
    for (std::size_t b = a + 1; b < groups.size(); ++b) {
      if (!groups[a].is_paired || !groups[b].is_paired) continue;
      std::int64_t const x = groups[a].terms.front();
      std::int64_t const y = groups[b].terms.front();
      if (groups[a].terms.size() > 1 || groups[b].terms.size() > 1 || x == y) continue;
      sql_rows const met = co_await s.run("SELECT 1 FROM pairs WHERE low = $1 AND high = $2",
                                          with(std::min(x, y), std::max(x, y)));
      if (met.empty()) co_return true;
    }
  co_return false;
}

// Where some of the newest objects of a group end: the further back, the rarer they are.
asio::awaitable<std::int64_t> sample(sql_session& s, term_group const& group) {
  std::int64_t back = std::numeric_limits<std::int64_t>::min();
  if (group.is_rare) co_return back;
  for (std::int64_t const term : group.terms) {
    sql_rows const rows = co_await s.run(
        "SELECT min(object) FROM (SELECT object FROM postings WHERE term = $1 ORDER BY object DESC LIMIT "
        "100) AS few",
        with(term));
    back = std::max(back, rows.number(0, 0));
  }
  co_return back;
}

asio::awaitable<void> sort_by_rarity(sql_session& s, std::vector<term_group>& groups) {
  std::vector<std::pair<std::int64_t, std::size_t>> rated;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    std::int64_t const back = co_await sample(s, groups[i]);
    rated.emplace_back(back, i);
  }
  std::sort(rated.begin(), rated.end());
  std::vector<term_group> sorted;
  sorted.reserve(rated.size());
  for (auto const& [back, i] : rated) sorted.push_back(std::move(groups[i]));
  groups = std::move(sorted);
}

}  // namespace

asio::awaitable<resolved_filter> resolve(sql_session& s, object_filter const& filter, std::int64_t rare) {
  resolved_filter made;
  made.ids = filter.ids;
  if (filter.created_after) made.after = count_of(*filter.created_after);
  if (filter.created_before) made.before = count_of(*filter.created_before);
  made.collection = co_await collection_of(s, filter.organization, filter.kind);
  made.matches_nothing = made.collection == 0;
  auto const wanted = wanted_terms(filter);
  for (auto const& terms : wanted) {
    if (made.matches_nothing) break;
    term_group group = co_await resolve_group(s, made.collection, terms, rare);
    made.matches_nothing = group.terms.empty();
    made.groups.push_back(std::move(group));
  }
  if (!made.matches_nothing) made.matches_nothing = co_await is_never_met(s, made.groups);
  if (rare > 0 && !made.matches_nothing && made.groups.size() > 1) co_await sort_by_rarity(s, made.groups);
  co_return made;
}

void add_numbers(sql_text& sql, std::vector<std::int64_t> const& numbers) {
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (i > 0) sql << ", ";
    sql.bind(numbers[i]);
  }
}

void add_ids(sql_text& sql, resolved_filter const& filter) {
  if (filter.ids.empty()) return;
  sql << " AND o.id IN (";
  for (std::size_t i = 0; i < filter.ids.size(); ++i) {
    if (i > 0) sql << ", ";
    sql.bind(filter.ids[i]);
  }
  sql << ")";
}

void add_meetings(sql_text& sql, resolved_filter const& filter, std::string_view term) {
  for (term_group const& group : filter.groups) {
    if (!group.is_paired || group.terms.size() != 1) continue;
    std::int64_t const other = group.terms.front();
    sql << " AND (" << term << " = ";
    sql.bind(other) << " OR EXISTS (SELECT 1 FROM pairs WHERE low = " << term << " AND high = ";
    sql.bind(other) << ") OR EXISTS (SELECT 1 FROM pairs WHERE high = " << term << " AND low = ";
    sql.bind(other) << "))";
  }
}

void add_conditions(sql_text& sql, resolved_filter const& filter, std::size_t first_group,
                    std::string_view object) {
  for (std::size_t i = first_group; i < filter.groups.size(); ++i) {
    sql << " AND EXISTS (SELECT 1 FROM postings q WHERE q.term IN (";
    add_numbers(sql, filter.groups[i].terms);
    sql << ") AND q.object = " << object << ")";
  }
  if (filter.after) {
    sql << " AND " << object << " > ";
    sql.bind(*filter.after);
  }
  if (filter.before) {
    sql << " AND " << object << " < ";
    sql.bind(*filter.before);
  }
}

}  // namespace parley
