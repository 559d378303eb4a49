#include "adapters/storage/registry_index.hpp"

#include "adapters/storage/postgres_pieces.hpp"
#include "adapters/storage/resolved_filter.hpp"
#include "adapters/storage/search_grams.hpp"

#include <algorithm>

namespace parley {

namespace asio = boost::asio;

namespace {

std::string marked_of(registry_object const& object) {
  return marked_texts(fold_case(object.name), fold_case(object.searched_text));
}

// What SQLite's index knows of an object: the pieces of its texts, and its terms.
std::string tokens_of(std::int64_t collection, registry_object const& object,
                      std::vector<std::int64_t> const& terms) {
  std::string tokens;
  for (std::string const& gram : grams_of(marked_of(object)))
    tokens += gram_token(collection, object.is_deleted, gram) + ' ';
  for (std::int64_t const term : terms) tokens += term_token(term) + ' ';
  return tokens;
}

asio::awaitable<std::int64_t> id_of_term(sql_session& s, std::int64_t collection, index_term const& term) {
  std::string name = std::to_string(collection) + '\n' + term.name + '\n' + term.value;
  if (auto const known = s.known.id_of(name)) co_return *known;
  constexpr std::string_view look = "SELECT id FROM terms WHERE collection = $1 AND name = $2 AND value = $3";
  sql_rows found = co_await s.run(look, with(collection, term.name, term.value));
  if (found.empty()) {
    co_await s.run("INSERT INTO terms (collection, name, value) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                   with(collection, term.name, term.value));
    found = co_await s.run(look, with(collection, term.name, term.value));
  }
  std::int64_t const id = found.number(0, 0);
  s.known.add(std::move(name), id);
  co_return id;
}

// All terms of one object have met.
asio::awaitable<void> add_pairs(sql_session& s, std::vector<std::int64_t> terms) {
  constexpr std::size_t most_together = 200;
  std::sort(terms.begin(), terms.end());
  std::vector<known_rows::pair> missing;
  for (std::size_t high = 1; high < terms.size(); ++high)
    for (std::size_t low = 0; low < high; ++low)
      if (!s.known.has({terms[low], terms[high]})) missing.emplace_back(terms[low], terms[high]);
  for (std::size_t from = 0; from < missing.size(); from += most_together) {
    std::size_t const to = std::min(missing.size(), from + most_together);
    sql_text sql;
    for (std::size_t i = from; i < to; ++i) {
      sql << (i == from ? "INSERT INTO pairs (low, high) VALUES (" : ", (");
      sql.bind(missing[i].first) << ", ";
      sql.bind(missing[i].second) << ")";
    }
    sql << " ON CONFLICT DO NOTHING";
    co_await s.run(sql.text(), sql.values());
  }
  for (known_rows::pair const& met : missing) s.known.add(met);
}

asio::awaitable<std::vector<std::int64_t>> ids_of_terms(sql_session& s, std::int64_t collection,
                                                        std::vector<index_term> const& terms) {
  std::vector<std::int64_t> ids;
  ids.reserve(terms.size());
  for (index_term const& term : terms) {
    std::int64_t const id = co_await id_of_term(s, collection, term);
    ids.push_back(id);
  }
  co_return ids;
}

// Terms with their ids. `without`: those that the object had before.
asio::awaitable<void> add_postings(sql_session& s, std::vector<index_term> const& terms,
                                   std::vector<std::int64_t> const& ids,
                                   std::vector<index_term> const& without, micro_time object) {
  std::vector<std::int64_t> paired;
  sql_text sql;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (is_paired(terms[i])) paired.push_back(ids[i]);
    if (std::binary_search(without.begin(), without.end(), terms[i])) continue;
    sql << (sql.values().empty() ? "INSERT INTO postings (term, object) VALUES (" : ", (");
    sql.bind(ids[i]) << ", ";
    sql.bind(count_of(object)) << ")";
  }
  if (!sql.values().empty()) co_await s.run(sql.text(), sql.values());
  co_await add_pairs(s, std::move(paired));
}

// The same for PostgreSQL's.
searchable_object searchable(std::int64_t collection, registry_object const& object,
                             std::vector<std::int64_t> const& terms) {
  searchable_object made;
  made.key = count_of(object.created_at);
  for (std::string const& gram : grams_of(marked_of(object)))
    made.pieces.push_back(piece_number(collection, object.is_deleted, gram));
  for (std::int64_t const term : terms) made.pieces.push_back(term_number(term));
  return made;
}

// An object with its collection, as questions for many of them give it.
struct indexed_row {
  std::int64_t collection = 0;
  registry_object object;
  std::vector<std::int64_t> terms;
};

asio::awaitable<indexed_row> read_indexed(sql_session& s, sql_rows const& rows, std::size_t row) {
  constexpr std::size_t collection_column = 12;  // behind those of the object
  indexed_row made;
  made.collection = rows.number(row, collection_column);
  made.object = read_object(rows, row, {}, object_kind::scenario);  // the kind is the collection's
  made.terms = co_await ids_of_terms(s, made.collection, terms_of(made.object));
  co_return made;
}

asio::awaitable<void> add_to_sqlite_search(sql_session& s, std::int64_t collection,
                                           registry_object const& object,
                                           std::vector<std::int64_t> const& terms) {
  co_await s.run("INSERT INTO search_index (rowid, grams) VALUES ($1, $2)",
                 with(count_of(object.created_at), tokens_of(collection, object, terms)));
}

// SQLite's index keeps no texts: it is told again what it was told when the object was added.
asio::awaitable<void> remove_from_sqlite_search(sql_session& s, std::int64_t collection,
                                                registry_object const& object,
                                                std::vector<std::int64_t> const& terms) {
  co_await s.run("INSERT INTO search_index (search_index, rowid, grams) VALUES ('delete', $1, $2)",
                 with(count_of(object.created_at), tokens_of(collection, object, terms)));
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

std::string term_token(std::int64_t term) {
  return "t" + std::to_string(term);
}

asio::awaitable<void> add_to_index(sql_session& s, std::int64_t collection, registry_object const& object) {
  auto const terms = terms_of(object);
  auto const ids = co_await ids_of_terms(s, collection, terms);
  std::vector<index_term> const none;
  co_await add_postings(s, terms, ids, none, object.created_at);
  if (s.is_sqlite())
    co_await s.run("INSERT INTO search_backlog (object) VALUES ($1)", with(count_of(object.created_at)));
  else
    co_await insert_pieces(s, std::vector<searchable_object>(1, searchable(collection, object, ids)));
}

asio::awaitable<void> move_in_index(sql_session& s, std::int64_t collection, registry_object const& before,
                                    registry_object const& after) {
  auto const old_terms = terms_of(before);
  auto const new_terms = terms_of(after);
  bool const same_texts = before.name == after.name && before.searched_text == after.searched_text;
  if (same_texts && old_terms == new_terms) co_return;
  auto const old_ids = co_await ids_of_terms(s, collection, old_terms);
  auto const new_ids = co_await ids_of_terms(s, collection, new_terms);
  for (std::size_t i = 0; i < old_terms.size(); ++i)
    if (!std::binary_search(new_terms.begin(), new_terms.end(), old_terms[i]))
      co_await s.run("DELETE FROM postings WHERE term = $1 AND object = $2",
                     with(old_ids[i], count_of(before.created_at)));
  co_await add_postings(s, new_terms, new_ids, old_terms, before.created_at);
  if (s.is_sqlite()) {
    sql_rows const waits =
        co_await s.run("SELECT 1 FROM search_backlog WHERE object = $1", with(count_of(before.created_at)));
    if (!waits.empty()) co_return;
    co_await remove_from_sqlite_search(s, collection, before, old_ids);
    co_await add_to_sqlite_search(s, collection, after, new_ids);
  } else {
    co_await update_pieces(s, searchable(collection, after, new_ids));
  }
}

asio::awaitable<bool> index_backlog(sql_session& s, std::size_t at_most) {
  std::string const oldest = "SELECT " + object_columns +
                             ", o.collection FROM search_backlog b CROSS JOIN objects o WHERE o.created_at = "
                             "b.object ORDER BY b.object LIMIT $1";
  sql_rows const rows = co_await s.run(oldest, with(static_cast<std::int64_t>(at_most)));
  for (std::size_t row = 0; row < rows.size(); ++row) {
    indexed_row const next = co_await read_indexed(s, rows, row);
    co_await add_to_sqlite_search(s, next.collection, next.object, next.terms);
  }
  if (!rows.empty())
    co_await s.run("DELETE FROM search_backlog WHERE object <= $1", with(rows.number(rows.size() - 1, 0)));
  co_return rows.size() == at_most;
}

asio::awaitable<void> index_every_object(sql_session& s) {
  std::string const next = "SELECT " + object_columns +
                           ", o.collection FROM objects o WHERE o.created_at > $1 ORDER BY o.created_at "
                           "LIMIT 1000";
  std::int64_t last = INT64_MIN;
  while (true) {
    sql_rows const rows = co_await s.run(next, with(last));
    std::vector<searchable_object> all;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      indexed_row const found = co_await read_indexed(s, rows, row);
      last = count_of(found.object.created_at);
      if (s.is_sqlite())
        co_await add_to_sqlite_search(s, found.collection, found.object, found.terms);
      else
        all.push_back(searchable(found.collection, found.object, found.terms));
    }
    co_await insert_pieces(s, all);
    if (rows.empty()) co_return;
  }
}

}  // namespace parley
