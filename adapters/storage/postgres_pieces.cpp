#include "adapters/storage/postgres_pieces.hpp"

#include "adapters/storage/registry_index.hpp"
#include "adapters/storage/resolved_filter.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>

namespace parley {

namespace asio = boost::asio;

namespace {

// Pieces have the numbers before, blocks negative ones.
constexpr std::int32_t terms_begin = 1 << 30;
constexpr std::size_t rows_at_once = 200;

// Blocks of one level hold eight of the level below.
constexpr std::array block_bits{10, 13, 16, 19, 22, 25};
static_assert(block_size == 1 << block_bits.front());

std::int32_t block_number(std::size_t level, std::int64_t block) {
  auto const levels = static_cast<std::int64_t>(block_bits.size());
  return static_cast<std::int32_t>(-1 - (block * levels + static_cast<std::int64_t>(level)));
}

// As if by chance: objects whose numbers are multiples of something may all be alike.
std::uint32_t scattered(std::uint32_t number) {
  return number * 2654435761U;
}

bool is_sampled(std::int64_t object) {
  constexpr std::int64_t numbers = std::int64_t{1} << 32;
  return scattered(static_cast<std::uint32_t>(object)) < numbers / sample_every;
}

// The array of the object with that number.
std::string array_of(searchable_object const& object, std::int64_t number) {
  std::vector<std::int32_t> all = object.pieces;
  if (is_sampled(number))
    for (std::int32_t const piece : object.pieces) all.push_back(sample_number(piece));
  for (std::size_t level = 0; level < block_bits.size(); ++level)
    all.push_back(block_number(level, number >> block_bits.at(level)));
  return array_text(all);
}

}  // namespace

std::int32_t piece_number(std::int64_t collection, bool is_deleted, std::string_view gram) {
  std::string const token = gram_token(collection, is_deleted, gram);
  auto const sum = crc32_z(0, reinterpret_cast<unsigned char const*>(token.data()), token.size());
  return static_cast<std::int32_t>(sum % static_cast<unsigned long>(terms_begin));
}

std::int32_t sample_number(std::int32_t number) {
  return static_cast<std::int32_t>(scattered(static_cast<std::uint32_t>(number)) %
                                   static_cast<std::uint32_t>(terms_begin));
}

std::int32_t term_number(std::int64_t term) {
  return terms_begin + static_cast<std::int32_t>(term);
}

std::vector<std::int32_t> block_numbers(std::int64_t first, std::int64_t before) {
  std::vector<std::int32_t> blocks;
  std::int64_t at = first / block_size * block_size;
  while (at < before) {
    std::size_t level = 0;
    auto const fits = [&](std::size_t wanted) {
      std::int64_t const size = std::int64_t{1} << block_bits.at(wanted);
      return at % size == 0 && at + size <= before;
    };
    while (level + 1 < block_bits.size() && fits(level + 1)) ++level;
    blocks.push_back(block_number(level, at >> block_bits.at(level)));
    at += std::int64_t{1} << block_bits.at(level);
  }
  return blocks;
}

std::string array_text(std::vector<std::int32_t> const& numbers) {
  std::string text = "{";
  for (std::int32_t const number : numbers) text += (text.size() > 1 ? "," : "") + std::to_string(number);
  return text + "}";
}

asio::awaitable<void> create_pieces(sql_session& s) {
  co_await s.run("CREATE SEQUENCE search_numbers", {});
  co_await s.run(
      "CREATE TABLE search_index (number BIGINT PRIMARY KEY, object BIGINT NOT NULL UNIQUE, "
      "pieces INTEGER[] NOT NULL)",
      {});
}

// What waits to be sorted in is read by every search: little of it.
asio::awaitable<void> create_pieces_index(sql_session& s) {
  co_await s.run(
      "CREATE INDEX search_index_pieces ON search_index USING gin (pieces) WITH (gin_pending_list_limit = "
      "256)",
      {});
}

asio::awaitable<void> insert_pieces(sql_session& s, std::vector<searchable_object> const& objects) {
  for (std::size_t from = 0; from < objects.size(); from += rows_at_once) {
    std::size_t const to = std::min(objects.size(), from + rows_at_once);
    sql_rows const numbers = co_await s.run("SELECT nextval('search_numbers') FROM generate_series(1, $1)",
                                            with(static_cast<std::int64_t>(to - from)));
    sql_text sql;
    sql << "INSERT INTO search_index (number, object, pieces) VALUES ";
    for (std::size_t i = from; i < to; ++i) {
      std::int64_t const number = numbers.number(i - from, 0);
      sql << (i == from ? "(" : ", (");
      sql.bind(number) << ", ";
      sql.bind(objects[i].key) << ", ";
      sql.bind(array_of(objects[i], number)) << ")";
    }
    co_await s.run(sql.text(), sql.values());
  }
}

asio::awaitable<void> update_pieces(sql_session& s, searchable_object const& object) {
  sql_rows const found =
      co_await s.run("SELECT number FROM search_index WHERE object = $1", with(object.key));
  co_await s.run("UPDATE search_index SET pieces = $2 WHERE object = $1",
                 with(object.key, array_of(object, found.number(0, 0))));
}

}  // namespace parley
