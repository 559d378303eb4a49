// The search of the registry: see search_rank. References are used until the awaited call ends.
//
// Ranks are asked for one after the other, newest objects first, until there are enough. The cost follows the
// hits looked at: all ranks but `part` of texts of one or two characters go through an index of substrings;
// for those short parts only the newest objects are looked at, `short_part_window` of them.
#pragma once

#include "adapters/storage/resolved_filter.hpp"
#include "runner/registry/registry_error.hpp"
#include "runner/registry/search_rank.hpp"

#include <map>

namespace parley {

inline constexpr std::int64_t short_part_window = 2000;

boost::asio::awaitable<registry_outcome<std::vector<registry_object>>> search_objects(
    sql_session& s, search_query const& query);

// A search under way: what was asked, and the keys found so far, best first.
struct search_state {
  resolved_filter filter;
  std::string text;  // folded
  bool is_deleted = false;
  std::size_t limit = 50;
  std::vector<std::int64_t> found;
  std::map<std::string, std::int64_t> sampled;  // pieces of the text: how far back some of their objects lie
  sql_rows newest;                 // candidates for all ranks: (key, name, searched text), newest first
  std::int64_t not_looked_at = 0;  // PostgreSQL: `newest` has all candidates with this number or a larger one

  bool is_full() const { return found.size() >= limit; }
};

// What is asked first. True: all ranks are found at once, because few objects have what was asked for.
boost::asio::awaitable<bool> add_every_rank_sqlite(sql_session& s, search_state& state);
boost::asio::awaitable<bool> add_every_rank_postgres(sql_session& s, search_state& state);
// The next objects of exactly this rank, newest first, until the search is full.
boost::asio::awaitable<void> add_rank_sqlite(sql_session& s, search_state& state, search_rank rank);
boost::asio::awaitable<void> add_rank_postgres(sql_session& s, search_state& state, search_rank rank);

// " AND o.is_deleted = ..."
void add_state(sql_text& sql, search_state const& state);

// How well the row has what is sought. Of rows of (key, name, searched text).
std::optional<search_rank> rank_in(search_state const& state, sql_rows const& rows, std::size_t row);
// Rows of them, newest first: keeps those of this rank. Returns the last key.
std::int64_t keep_hits(search_state& state, sql_rows const& rows, search_rank rank);
// Keeps those of every rank, best first.
void keep_all_hits(search_state& state, sql_rows const& rows);

}  // namespace parley
