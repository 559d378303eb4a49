#include "adapters/storage/postgres_pieces.hpp"
#include "adapters/storage/registry_search.hpp"
#include "adapters/storage/search_grams.hpp"

#include <algorithm>
#include <bit>

namespace parley {

namespace asio = boost::asio;

namespace {

using grams = std::vector<std::string>;

constexpr std::size_t number_column = 3;
constexpr std::size_t few = 256;  // objects that are looked at for all ranks at once

// Objects by their numbers, the newest last; `before` is behind the last one.
struct number_range {
  std::int64_t first = 0;
  std::int64_t before = 0;
};

// Of all objects, or of those of the sample.
enum class among { all, sample };

std::string wanted_text(search_state const& state, grams const& pieces, among whom) {
  std::vector<std::int32_t> wanted;
  for (std::string const& piece : pieces) {
    std::int32_t const number = piece_number(state.filter.collection, state.is_deleted, piece);
    wanted.push_back(whom == among::sample ? sample_number(number) : number);
  }
  return array_text(wanted);
}

void add_terms(sql_text& sql, search_state const& state, among whom) {
  for (term_group const& group : state.filter.groups) {
    std::vector<std::int32_t> any;
    for (std::int64_t const term : group.terms)
      any.push_back(whom == among::sample ? sample_number(term_number(term)) : term_number(term));
    sql << " AND i.pieces && ";
    sql.bind(array_text(any)) << "::integer[]";
  }
  add_conditions(sql, state.filter, state.filter.groups.size(), "i.object");
}

// The sums keep PostgreSQL from walking along the numbers.
void add_range(sql_text& sql, number_range const& range) {
  if (range.first > 0) {
    sql << " AND i.pieces && ";
    sql.bind(array_text(block_numbers(range.first, range.before))) << "::integer[] AND i.number + 0 >= ";
    sql.bind(range.first);
  }
  sql << " AND i.number + 0 < ";
  sql.bind(range.before);
}

// The newest objects of the range that have these pieces: (key, name, searched text, number); one of another
// collection, whose piece has the same number by chance, has no key and no texts. The limit is written out
// because the plan depends on it.
asio::awaitable<sql_rows> candidates(sql_session& s, search_state const& state, grams const& pieces,
                                     number_range range, std::size_t limit) {
  sql_text sql;
  sql << "SELECT o.created_at, o.name, o.searched_text, c.number FROM (SELECT i.object, i.number FROM "
         "search_index i WHERE i.pieces @> ";
  sql.bind(wanted_text(state, pieces, among::all)) << "::integer[]";
  add_terms(sql, state, among::all);
  add_range(sql, range);
  sql << " ORDER BY i.number + 0 DESC LIMIT " << std::to_string(limit)
      << ") AS c LEFT JOIN objects o ON o.created_at = c.object AND o.collection = ";
  sql.bind(state.filter.collection);
  add_state(sql, state);
  sql << " ORDER BY c.number DESC";
  sql_rows rows = co_await s.run(sql.text(), sql.values());
  co_return rows;
}

// Which objects of the sample have these pieces, the newest first: between two of them lie about as many
// others as one of the sample stands for.
asio::awaitable<std::vector<std::int64_t>> sample(sql_session& s, search_state const& state,
                                                  grams const& pieces, std::int64_t before) {
  sql_text sql;
  sql << "SELECT i.number FROM search_index i WHERE i.pieces @> ";
  sql.bind(wanted_text(state, pieces, among::sample)) << "::integer[]";
  add_terms(sql, state, among::sample);
  sql << " AND i.number + 0 < ";
  sql.bind(before) << " ORDER BY i.number + 0 DESC LIMIT 64";
  sql_rows const rows = co_await s.run(sql.text(), sql.values());
  std::vector<std::int64_t> numbers;
  for (std::size_t row = 0; row < rows.size(); ++row) numbers.push_back(rows.number(row, 0));
  co_return numbers;
}

// Keeps the range's hits of that rank, the newest first, until the search is full.
asio::awaitable<void> add_hits(sql_session& s, search_state& state, search_rank rank, grams const& pieces,
                               number_range range) {
  constexpr std::size_t most = 1024;
  // A power of two, so that there are few statements to prepare.
  std::size_t size = std::bit_ceil(std::clamp<std::size_t>(2 * (state.limit - state.found.size()), 16, 64));
  while (!state.is_full()) {
    sql_rows const rows = co_await candidates(s, state, pieces, range, size);
    keep_hits(state, rows, rank);
    if (rows.size() < size) co_return;
    range.before = rows.number(rows.size() - 1, number_column);
    size = std::min(2 * size, most);
  }
}

// The newest objects that have what all ranks have in common: about two blocks of them are looked at.
asio::awaitable<void> look_at_newest(sql_session& s, search_state& state, grams const& inner) {
  sql_rows const newest = co_await s.run("SELECT max(number) FROM search_index", {});
  number_range range;
  range.before = state.not_looked_at = newest.number(0, 0) + 1;
  if (inner.empty()) co_return;
  range.first = std::max<std::int64_t>(0, (newest.number(0, 0) / block_size - 1) * block_size);
  state.newest = co_await candidates(s, state, inner, range, few);
  bool const all = state.newest.size() < few;
  state.not_looked_at = all ? range.first : state.newest.number(few - 1, number_column);
}

}  // namespace

// Few objects have what all ranks have in common: they are ranked together.
asio::awaitable<bool> add_every_rank_postgres(sql_session& s, search_state& state) {
  auto const inner = query_grams(state.text, search_rank::part);
  co_await look_at_newest(s, state, inner);
  if (inner.empty() || state.newest.size() == few) co_return false;
  if (state.not_looked_at > 0) {
    number_range rest;
    rest.before = state.not_looked_at;
    auto const sampled = co_await sample(s, state, inner, rest.before);
    if (!sampled.empty()) co_return false;
    sql_rows const others = co_await candidates(s, state, inner, rest, few);
    if (others.size() == few) co_return false;
    state.newest.add(others);
  }
  keep_all_hits(state, state.newest);
  co_return true;
}

// Among the newest objects first; then as far back as the sample says that there are enough, and further as
// long as there are not.
asio::awaitable<void> add_rank_postgres(sql_session& s, search_state& state, search_rank rank) {
  constexpr std::size_t growth = 8;
  constexpr std::int64_t small = 4 * block_size;  // without a sample
  keep_hits(state, state.newest, rank);
  if (state.is_full() || state.not_looked_at == 0) co_return;
  auto const pieces = query_grams(state.text, rank);
  std::vector<std::int64_t> sampled;
  if (state.not_looked_at > small) sampled = co_await sample(s, state, pieces, state.not_looked_at);
  number_range range;
  range.first = state.not_looked_at;
  for (std::size_t next = 0; !state.is_full() && range.first > 0; next = growth * (next + 1) - 1) {
    range.before = range.first;
    range.first = next < sampled.size() ? sampled[next] : 0;
    co_await add_hits(s, state, rank, pieces, range);
  }
}

}  // namespace parley
