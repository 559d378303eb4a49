#include "adapters/storage/registry_search.hpp"
#include "adapters/storage/search_grams.hpp"

#include <limits>

namespace parley {

namespace asio = boost::asio;

namespace {

std::string like_pattern(std::string const& contained) {
  std::string pattern = "%";
  for (char const c : contained) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + "%";
}

// Newest objects first, by the index of creation.
asio::awaitable<sql_rows> walk(sql_session& s, search_state const& state, std::string const& pattern,
                               std::int64_t from_time, std::int64_t objects) {
  sql_text sql;
  sql << "SELECT o.created_at, CASE WHEN o.marked LIKE ";
  sql.bind(pattern) << " THEN o.name END, CASE WHEN o.marked LIKE ";
  sql.bind(pattern) << " THEN o.searched_text END FROM objects o WHERE o.collection = ";
  sql.bind(state.filter.collection) << " AND o.created_at < ";
  sql.bind(from_time);
  add_conditions(sql, state.filter, 0, "o.created_at");
  add_state(sql, state);
  sql << " ORDER BY o.created_at DESC LIMIT ";
  sql.bind(objects);
  sql_rows rows = co_await s.run(sql.text(), sql.values());
  co_return rows;
}

// By the index of trigrams, which has no order: all hits are fetched and sorted.
asio::awaitable<sql_rows> look_up(sql_session& s, search_state const& state, std::string const& pattern,
                                  std::int64_t before) {
  sql_text sql;
  sql << "SELECT o.created_at, o.name, o.searched_text FROM objects o WHERE o.collection = ";
  sql.bind(state.filter.collection) << " AND o.marked LIKE ";
  sql.bind(pattern) << " AND o.created_at < ";
  sql.bind(before);
  add_conditions(sql, state.filter, 0, "o.created_at");
  add_state(sql, state);
  sql << " ORDER BY o.created_at + 0 DESC LIMIT ";
  sql.bind(static_cast<std::int64_t>(4 * state.limit));
  sql_rows rows = co_await s.run(sql.text(), sql.values());
  co_return rows;
}

}  // namespace

// What is frequent is found among the newest objects, what is rare through the trigrams.
asio::awaitable<void> add_rank_postgres(sql_session& s, search_state& state, search_rank rank) {
  std::string const pattern = like_pattern(marked_query(state.text, rank));
  constexpr std::int64_t window = 1000;
  constexpr std::size_t frequent = 5;  // hits in the first window
  std::int64_t before = std::numeric_limits<std::int64_t>::max();
  std::size_t const found_before = state.found.size();
  while (!state.is_full()) {
    sql_rows const rows = co_await walk(s, state, pattern, before, window);
    std::int64_t const last = keep_hits(state, rows, rank);
    if (rows.size() < static_cast<std::size_t>(window)) co_return;
    before = last;
    if (state.found.size() - found_before < frequent) break;
  }
  while (!state.is_full()) {
    sql_rows const rows = co_await look_up(s, state, pattern, before);
    std::int64_t const last = keep_hits(state, rows, rank);
    if (rows.size() < 4 * state.limit) co_return;
    before = last;
  }
}

}  // namespace parley
