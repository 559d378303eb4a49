#include "adapters/storage/registry_index.hpp"
#include "adapters/storage/registry_search.hpp"
#include "adapters/storage/search_grams.hpp"

#include <algorithm>
#include <limits>
#include <map>

namespace parley {

namespace asio = boost::asio;

namespace {

constexpr std::int64_t none = std::numeric_limits<std::int64_t>::min();

constexpr std::int64_t sampled = 50;

using grams = std::vector<std::string>;

std::string match_text(search_state const& state, grams const& all) {
  std::string match;
  for (std::string const& gram : all) {
    if (!match.empty()) match += " AND ";
    match += '"' + gram_token(state.filter.collection, state.is_deleted, gram) + '"';
  }
  return match;
}

std::string filter_text(resolved_filter const& filter) {
  std::string match;
  for (term_group const& group : filter.groups) {
    match += " AND (";
    for (std::int64_t const term : group.terms)
      match += (match.back() == '(' ? "" : " OR ") + term_token(term);
    match += ')';
  }
  return match;
}

// The key of the fiftieth newest object with this piece: the older, the rarer it is. `none`: no object has
// it. What was frequent is remembered: it says where to begin, and is no less right when it has aged.
asio::awaitable<std::int64_t> sample(sql_session& s, search_state& state, std::string gram) {
  if (auto const known = state.sampled.find(gram); known != state.sampled.end()) co_return known->second;
  std::string const token = gram_token(state.filter.collection, state.is_deleted, gram);
  if (auto const frequent = s.known.id_of(token)) {
    state.sampled.emplace(std::move(gram), *frequent);
    co_return *frequent;
  }
  sql_rows const rows = co_await s.run(
      "SELECT min(rowid), count(*) FROM (SELECT rowid FROM search_index WHERE search_index MATCH $1 "
      "ORDER BY rowid DESC LIMIT 50)",
      with(match_text(state, grams(1, gram))));
  std::int64_t back = rows.number(0, 0);
  if (rows.number(0, 1) == 0) back = none;
  if (rows.number(0, 1) > 0 && rows.number(0, 1) < sampled) back = none + rows.number(0, 1);
  if (rows.number(0, 1) >= sampled) s.known.add(token, back);
  state.sampled.emplace(std::move(gram), back);
  co_return back;
}

// The rarest first. Empty: one of them is in no object. One that few objects have is enough: it comes first,
// and the others are not looked up.
asio::awaitable<grams> sorted_by_rarity(sql_session& s, search_state& state, grams all) {
  std::vector<std::pair<std::int64_t, std::string>> rated;
  for (std::string const& gram : all) {
    std::int64_t const back = co_await sample(s, state, gram);
    if (back == none) co_return grams();
    if (back < none + sampled) co_return grams(1, gram);
    rated.emplace_back(back, gram);
  }
  std::sort(rated.begin(), rated.end());
  grams sorted;
  for (auto& [back, gram] : rated) sorted.push_back(std::move(gram));
  co_return sorted;
}

grams rarest(grams const& sorted, std::size_t count) {
  return grams(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(std::min(count, sorted.size())));
}

// Objects older than `before` that the index does not know yet, newest first.
asio::awaitable<sql_rows> backlog(sql_session& s, search_state const& state, std::int64_t before,
                                  std::size_t limit) {
  sql_text sql;
  sql << "SELECT o.created_at, o.name, o.searched_text FROM search_backlog b CROSS JOIN objects o WHERE "
         "o.created_at = b.object AND o.collection = ";
  sql.bind(state.filter.collection) << " AND b.object < ";
  sql.bind(before);
  add_conditions(sql, state.filter, 0, "o.created_at");
  add_state(sql, state);
  sql << " ORDER BY b.object DESC LIMIT ";
  sql.bind(static_cast<std::int64_t>(limit));
  sql_rows rows = co_await s.run(sql.text(), sql.values());
  co_return rows;
}

// Their hits, of each rank as many as are wanted.
asio::awaitable<sql_rows> hits_of_backlog(sql_session& s, search_state const& state) {
  constexpr std::size_t at_once = 1000;
  constexpr std::size_t columns = 3;
  sql_rows hits(columns);
  std::map<search_rank, std::size_t> found;
  std::int64_t before = std::numeric_limits<std::int64_t>::max();
  while (true) {
    sql_rows const rows = co_await backlog(s, state, before, at_once);
    for (std::size_t row = 0; row < rows.size(); ++row) {
      auto const rank = rank_in(state, rows, row);
      if (rank && ++found[*rank] <= state.limit) hits.add(rows, row);
    }
    if (rows.size() < at_once) co_return hits;
    before = rows.number(rows.size() - 1, 0);
  }
}

// Objects older than `before` that have these pieces, newest first.
asio::awaitable<sql_rows> candidates(sql_session& s, search_state const& state, grams const& pieces,
                                     std::int64_t before, std::int64_t limit) {
  sql_text sql;
  sql << "SELECT search_index.rowid, o.name, o.searched_text FROM search_index CROSS JOIN objects o "
         "WHERE search_index MATCH ";
  sql.bind(match_text(state, pieces) + filter_text(state.filter)) << " AND search_index.rowid < ";
  sql.bind(before) << " AND o.created_at = search_index.rowid";
  // The tokens say the collection, the state and the filter's terms.
  add_conditions(sql, state.filter, state.filter.groups.size(), "search_index.rowid");
  sql << " ORDER BY search_index.rowid DESC LIMIT ";
  sql.bind(limit);
  sql_rows rows = co_await s.run(sql.text(), sql.values());
  co_return rows;
}

}  // namespace

// Few objects have the rarest piece, or of a long text the three rarest: they are ranked together.
asio::awaitable<bool> add_every_rank_sqlite(sql_session& s, search_state& state) {
  state.newest = co_await hits_of_backlog(s, state);
  grams const inner = query_grams(state.text, search_rank::part);
  if (inner.empty()) co_return false;
  grams const sorted = co_await sorted_by_rarity(s, state, inner);
  if (sorted.empty()) {  // nothing in the index contains it
    keep_all_hits(state, state.newest);
    co_return true;
  }
  bool const is_rare = state.sampled.at(sorted.front()) < none + sampled;
  // Pieces of a short text come together: several of them are no rarer than one.
  constexpr std::size_t long_text = 20;
  if (!is_rare && state.text.size() < long_text) co_return false;
  std::size_t const pieces = is_rare ? 1 : 3;
  sql_rows const rows = co_await candidates(s, state, rarest(sorted, pieces),
                                            std::numeric_limits<std::int64_t>::max(), sampled);
  if (rows.size() == static_cast<std::size_t>(sampled)) co_return false;
  state.newest.add(rows);
  keep_all_hits(state, state.newest);
  co_return true;
}

// The rarest piece of the query says where to look, and the texts whether it is there. Others help only when
// that is too often wrong: to begin with another list, and to pass over what it has between the hits, costs
// more than to look at some texts in vain.
asio::awaitable<void> add_rank_sqlite(sql_session& s, search_state& state, search_rank rank) {
  keep_hits(state, state.newest, rank);
  if (state.is_full()) co_return;
  grams const all = co_await sorted_by_rarity(s, state, query_grams(state.text, rank));
  if (all.empty()) co_return;
  constexpr std::size_t most_pieces = 4;
  std::size_t pieces = 1;
  std::int64_t before = std::numeric_limits<std::int64_t>::max();
  auto const wanted = static_cast<std::int64_t>(2 * (state.limit - state.found.size()));
  for (auto size = std::clamp<std::int64_t>(wanted, 16, 64); !state.is_full();
       size = std::min<std::int64_t>(2 * size, 1024)) {
    std::size_t const found = state.found.size();
    sql_rows const rows = co_await candidates(s, state, rarest(all, pieces), before, size);
    before = keep_hits(state, rows, rank);
    if (rows.size() < static_cast<std::size_t>(size)) break;
    if (4 * (state.found.size() - found) < rows.size()) pieces = std::min(2 * pieces, most_pieces);
  }
}

}  // namespace parley
