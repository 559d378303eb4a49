// PostgreSQL's search index: for each object the numbers of what it is found by, in a GIN index.
//
// Such an index knows no order. So objects are numbered as they come, and each has the numbers of the blocks
// it lies in too, so that a range of them can be asked for; and some are a sample, which says where hits lie.
#pragma once

#include "adapters/storage/sql_session.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace parley {

// What stands in an object's array. Two pieces may have one number: texts are looked at before they are hits.
std::int32_t piece_number(std::int64_t collection, bool is_deleted, std::string_view gram);
std::int32_t term_number(std::int64_t term);

// One object in so many is of the sample, and has this number too for each of the others.
inline constexpr std::int64_t sample_every = 512;
std::int32_t sample_number(std::int32_t number);

// The fewest blocks that have all objects from `first` on and before `before`, and perhaps some beside them.
std::vector<std::int32_t> block_numbers(std::int64_t first, std::int64_t before);
// The size of the smallest blocks.
inline constexpr std::int64_t block_size = 1024;

// "{1,2}": as a parameter of the type integer[].
std::string array_text(std::vector<std::int32_t> const& numbers);

struct searchable_object {
  std::int64_t key = 0;
  std::vector<std::int32_t> pieces;  // and terms
};

// References are used until the awaited call ends.
boost::asio::awaitable<void> create_pieces(sql_session& s);
boost::asio::awaitable<void> create_pieces_index(sql_session& s);  // when the first objects are there
boost::asio::awaitable<void> insert_pieces(sql_session& s, std::vector<searchable_object> const& objects);
boost::asio::awaitable<void> update_pieces(sql_session& s, searchable_object const& object);

}  // namespace parley
