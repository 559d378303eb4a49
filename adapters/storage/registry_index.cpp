#include "adapters/storage/registry_index.hpp"

#include "adapters/storage/resolved_filter.hpp"
#include "adapters/storage/search_grams.hpp"

#include <algorithm>

namespace parley {

namespace asio = boost::asio;

namespace {

std::string marked_of(registry_object const& object) {
  return marked_texts(fold_case(object.name), fold_case(object.searched_text));
}

std::string tokens_of(std::int64_t collection, registry_object const& object) {
  std::string tokens;
  for (std::string const& gram : grams_of(marked_of(object))) {
    tokens += gram_token(collection, object.is_deleted, gram);
    tokens += ' ';
  }
  return tokens;
}

asio::awaitable<std::int64_t> id_of_term(sql_session& s, std::int64_t collection, index_term const& term) {
  constexpr std::string_view look = "SELECT id FROM terms WHERE collection = $1 AND name = $2 AND value = $3";
  sql_rows found = co_await s.run(look, with(collection, term.name, term.value));
  if (!found.empty()) co_return found.number(0, 0);
  co_await s.run("INSERT INTO terms (collection, name, value) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                 with(collection, term.name, term.value));
  found = co_await s.run(look, with(collection, term.name, term.value));
  co_return found.number(0, 0);
}

// All terms of one object have met.
asio::awaitable<void> add_pairs(sql_session& s, std::vector<std::int64_t> terms) {
  constexpr std::size_t most_together = 200;
  std::sort(terms.begin(), terms.end());
  sql_text sql;
  for (std::size_t high = 1; high < terms.size(); ++high)
    for (std::size_t low = 0; low < high; ++low) {
      sql << (sql.values().empty() ? "INSERT INTO pairs (low, high) VALUES (" : ", (");
      sql.bind(terms[low]) << ", ";
      sql.bind(terms[high]) << ")";
      bool const is_last = high + 1 == terms.size() && low + 1 == high;
      if (!is_last && sql.values().size() < 2 * most_together) continue;
      sql << " ON CONFLICT DO NOTHING";
      co_await s.run(sql.text(), sql.values());
      sql = sql_text();
    }
}

// Of all `terms`; postings are added for those that are in `added` too.
asio::awaitable<void> add_postings(sql_session& s, std::int64_t collection,
                                   std::vector<index_term> const& terms, std::vector<index_term> const& added,
                                   micro_time object) {
  std::vector<std::int64_t> paired;
  for (index_term const& term : terms) {
    std::int64_t const id = co_await id_of_term(s, collection, term);
    if (is_paired(term)) paired.push_back(id);
    if (std::binary_search(added.begin(), added.end(), term))
      co_await s.run("INSERT INTO postings (term, object) VALUES ($1, $2)", with(id, count_of(object)));
  }
  co_await add_pairs(s, std::move(paired));
}

asio::awaitable<void> remove_posting(sql_session& s, std::int64_t collection, index_term const& term,
                                     micro_time object) {
  std::int64_t const id = co_await id_of_term(s, collection, term);
  co_await s.run("DELETE FROM postings WHERE term = $1 AND object = $2", with(id, count_of(object)));
}

asio::awaitable<void> add_to_search(sql_session& s, std::int64_t collection, registry_object const& object) {
  if (s.is_sqlite())
    co_await s.run("INSERT INTO search_index (rowid, grams) VALUES ($1, $2)",
                   with(count_of(object.created_at), tokens_of(collection, object)));
  else
    co_await s.run("UPDATE objects SET marked = $2 WHERE created_at = $1",
                   with(count_of(object.created_at), marked_of(object)));
}

// SQLite's index keeps no texts: it is told again what it was told when the object was added.
asio::awaitable<void> remove_from_search(sql_session& s, std::int64_t collection,
                                         registry_object const& object) {
  if (s.is_sqlite())
    co_await s.run("INSERT INTO search_index (search_index, rowid, grams) VALUES ('delete', $1, $2)",
                   with(count_of(object.created_at), tokens_of(collection, object)));
}

}  // namespace

std::string gram_token(std::int64_t collection, bool is_deleted, std::string_view gram) {
  constexpr char digits[] = "0123456789abcdef";
  std::string token = std::to_string(collection) + (is_deleted ? 'z' : 'x');
  for (char const c : gram) {
    auto const byte = static_cast<unsigned char>(c);
    token += digits[byte >> 4];
    token += digits[byte & 15];
  }
  return token;
}

asio::awaitable<void> add_to_index(sql_session& s, std::int64_t collection, registry_object const& object) {
  auto const terms = terms_of(object);
  co_await add_postings(s, collection, terms, terms, object.created_at);
  co_await add_to_search(s, collection, object);
}

asio::awaitable<void> move_in_index(sql_session& s, std::int64_t collection, registry_object const& before,
                                    registry_object const& after) {
  auto const old_terms = terms_of(before);
  auto const new_terms = terms_of(after);
  std::vector<index_term> gone;
  std::vector<index_term> added;
  std::set_difference(old_terms.begin(), old_terms.end(), new_terms.begin(), new_terms.end(),
                      std::back_inserter(gone));
  std::set_difference(new_terms.begin(), new_terms.end(), old_terms.begin(), old_terms.end(),
                      std::back_inserter(added));
  for (index_term const& term : gone) co_await remove_posting(s, collection, term, before.created_at);
  if (!added.empty()) co_await add_postings(s, collection, new_terms, added, before.created_at);
  if (before.name == after.name && before.searched_text == after.searched_text &&
      before.is_deleted == after.is_deleted)
    co_return;
  co_await remove_from_search(s, collection, before);
  co_await add_to_search(s, collection, after);
}

asio::awaitable<void> index_every_object(sql_session& s) {
  constexpr std::string_view next =
      "SELECT created_at, collection, name, searched_text, is_deleted FROM objects WHERE created_at > $1 "
      "ORDER BY created_at LIMIT 1000";
  std::int64_t last = INT64_MIN;
  while (true) {
    sql_rows const rows = co_await s.run(next, with(last));
    for (std::size_t row = 0; row < rows.size(); ++row) {
      registry_object object;
      last = rows.number(row, 0);
      object.created_at = time_of(last);
      object.name = rows.text(row, 2);
      object.searched_text = rows.text(row, 3);
      object.is_deleted = rows.number(row, 4) != 0;
      co_await add_to_search(s, rows.number(row, 1), object);
    }
    if (rows.empty()) co_return;
  }
}

}  // namespace parley
