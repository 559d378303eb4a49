#include "adapters/storage/registry_index.hpp"
#include "adapters/storage/registry_search.hpp"
#include "adapters/storage/search_grams.hpp"

#include <limits>

namespace parley {

namespace asio = boost::asio;

namespace {

std::string match_text(search_state const& state, std::vector<std::string> const& grams) {
  std::string match;
  for (std::string const& gram : grams) {
    if (!match.empty()) match += " AND ";
    match += '"' + gram_token(state.filter.collection, state.is_deleted, gram) + '"';
  }
  return match;
}

}  // namespace

// The index gives what contains all pieces, newest first; a few of them contain the pieces elsewhere.
asio::awaitable<void> add_rank_sqlite(sql_session& s, search_state& state, search_rank rank) {
  std::string const match = match_text(state, query_grams(marked_query(state.text, rank)));
  std::int64_t before = std::numeric_limits<std::int64_t>::max();
  for (std::int64_t size = 64; !state.is_full(); size *= 2) {
    sql_text sql;
    sql << "SELECT search_index.rowid, o.name, o.searched_text FROM search_index CROSS JOIN objects o "
           "WHERE search_index MATCH ";
    sql.bind(match) << " AND search_index.rowid < ";
    sql.bind(before) << " AND o.created_at = search_index.rowid";
    // The tokens say the collection and the state.
    add_conditions(sql, state.filter, 0, "search_index.rowid");
    sql << " ORDER BY search_index.rowid DESC LIMIT ";
    sql.bind(size);
    sql_rows const rows = co_await s.run(sql.text(), sql.values());
    before = keep_hits(state, rows, rank);
    if (rows.size() < static_cast<std::size_t>(size)) break;
  }
}

}  // namespace parley
