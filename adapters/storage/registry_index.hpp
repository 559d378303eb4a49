// Keeps what objects are found by: the postings of their terms and the search index, in the transaction that
// changes the object.
#pragma once

#include "adapters/storage/registry_rows.hpp"

namespace parley {

// References are used until the awaited call ends.
boost::asio::awaitable<void> add_to_index(sql_session& s, std::int64_t collection,
                                          registry_object const& object);
boost::asio::awaitable<void> move_in_index(sql_session& s, std::int64_t collection,
                                           registry_object const& before, registry_object const& after);

// For a migration: the search index of a database that has none.
boost::asio::awaitable<void> index_every_object(sql_session& s);

// SQLite's search index takes objects in later, because that costs more than all else about them; until then
// they are in the backlog, and every search looks at them there. Takes in the oldest. False: none is left.
boost::asio::awaitable<bool> index_backlog(sql_session& s, std::size_t at_most);

// The token of a term, in SQLite's index.
std::string term_token(std::int64_t term);
// The token that stands for a gram of one collection and state, in SQLite's index; PostgreSQL's has its
// checksum.
std::string gram_token(std::int64_t collection, bool is_deleted, std::string_view gram);

}  // namespace parley
