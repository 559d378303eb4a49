#include "adapters/storage/registry_search.hpp"

#include "adapters/storage/registry_rows.hpp"
#include "adapters/storage/search_grams.hpp"
#include "runner/registry/storable_text.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace parley {

namespace asio = boost::asio;

namespace {

constexpr std::int64_t few_enough_to_rank = 200;
constexpr std::array ranks{search_rank::whole, search_rank::prefix, search_rank::word, search_rank::part};

// Few objects pass the filter: all of them are ranked.
asio::awaitable<void> rank_objects(sql_session& s, search_state& state) {
  sql_text sql;
  if (state.filter.ids.empty()) {
    sql << "SELECT o.created_at, o.name, o.searched_text FROM (SELECT DISTINCT p.object FROM postings p "
           "WHERE "
           "p.term IN (";
    add_numbers(sql, state.filter.groups.front().terms);
    sql << ")) AS d CROSS JOIN objects o WHERE o.created_at = d.object";
    add_conditions(sql, state.filter, 1, "o.created_at");
    add_state(sql, state);
  } else {
    sql << "SELECT o.created_at, o.name, o.searched_text FROM objects o WHERE o.collection = ";
    sql.bind(state.filter.collection);
    add_ids(sql, state.filter);
    add_conditions(sql, state.filter, 0, "o.created_at");
    add_state(sql, state);
  }
  sql << " ORDER BY o.created_at DESC";
  sql_rows const rows = co_await s.run(sql.text(), sql.values());
  keep_all_hits(state, rows);
}

asio::awaitable<void> rank_newest(sql_session& s, search_state& state) {
  sql_text sql;
  sql << "SELECT o.created_at, o.name, o.searched_text FROM objects o WHERE o.collection = ";
  sql.bind(state.filter.collection);
  add_conditions(sql, state.filter, 0, "o.created_at");
  add_state(sql, state);
  sql << " ORDER BY o.created_at DESC LIMIT ";
  sql.bind(short_part_window);
  sql_rows const rows = co_await s.run(sql.text(), sql.values());
  keep_hits(state, rows, search_rank::part);
}

asio::awaitable<void> add_rank(sql_session& s, search_state& state, search_rank rank) {
  bool const too_short = query_grams(state.text, rank).empty();
  if (too_short)
    co_await rank_newest(s, state);
  else if (s.is_sqlite())
    co_await add_rank_sqlite(s, state, rank);
  else
    co_await add_rank_postgres(s, state, rank);
}

asio::awaitable<std::vector<registry_object>> load(sql_session& s, search_state const& state,
                                                   search_query const& query) {
  sql_text sql;
  sql << "SELECT " << object_columns << " FROM objects o WHERE o.created_at IN (";
  add_numbers(sql, state.found);
  sql << ")";
  sql_rows const rows = co_await s.run(sql.text(), sql.values());
  auto objects = read_objects(rows, query.filter.organization, query.filter.kind);
  auto const place = [&](registry_object const& object) {
    return std::find(state.found.begin(), state.found.end(), count_of(object.created_at));
  };
  std::sort(objects.begin(), objects.end(),
            [&](auto const& a, auto const& b) { return place(a) < place(b); });
  co_return objects;
}

}  // namespace

void add_state(sql_text& sql, search_state const& state) {
  sql << (state.is_deleted ? " AND o.is_deleted = 1" : " AND o.is_deleted = 0");
}

std::optional<search_rank> rank_in(search_state const& state, sql_rows const& rows, std::size_t row) {
  return rank_of(fold_case(rows.text(row, 1)), fold_case(rows.text(row, 2)), state.text);
}

void keep_all_hits(search_state& state, sql_rows const& rows) {
  std::vector<std::optional<search_rank>> found;
  for (std::size_t row = 0; row < rows.size(); ++row) found.push_back(rank_in(state, rows, row));
  for (search_rank const rank : ranks)
    for (std::size_t row = 0; row < rows.size() && !state.is_full(); ++row)
      if (found[row] == rank) state.found.push_back(rows.number(row, 0));
}

std::int64_t keep_hits(search_state& state, sql_rows const& rows, search_rank rank) {
  std::int64_t last = std::numeric_limits<std::int64_t>::max();
  for (std::size_t row = 0; row < rows.size() && !state.is_full(); ++row) {
    last = rows.number(row, 0);
    if (rank_in(state, rows, row) == rank) state.found.push_back(last);
  }
  return last;
}

asio::awaitable<registry_outcome<std::vector<registry_object>>> search_objects(sql_session& s,
                                                                               search_query const& query) {
  std::vector<registry_object> objects;
  if (!is_storable(query.filter)) co_return unstorable_question();
  if (query.limit <= 0 || query.text.empty() || !is_storable(query.text)) co_return objects;
  search_state state;
  state.text = fold_case(query.text);
  state.limit = static_cast<std::size_t>(query.limit);
  object_filter filter = query.filter;
  state.is_deleted = filter.is_deleted.value_or(false);
  filter.is_deleted = std::nullopt;  // looked at in each object: most have the wanted state
  state.filter = co_await resolve(s, filter, few_enough_to_rank);
  if (state.filter.matches_nothing || state.text.empty()) co_return objects;
  if (!state.filter.ids.empty() || state.filter.has_rare_group()) {
    co_await rank_objects(s, state);
  } else {
    bool done = false;
    if (s.is_sqlite())
      done = co_await add_every_rank_sqlite(s, state);
    else
      done = co_await add_every_rank_postgres(s, state);
    for (search_rank const rank : ranks)
      if (!done && !state.is_full()) co_await add_rank(s, state, rank);
  }
  if (!state.found.empty()) objects = co_await load(s, state, query);
  co_return objects;
}

}  // namespace parley
