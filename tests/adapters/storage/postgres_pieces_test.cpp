#include "adapters/storage/postgres_pieces.hpp"

#include "tests/support/catch.hpp"

#include <algorithm>
#include <set>

using namespace parley;

namespace {

// Whether an object with that number is in one of the blocks: it has all blocks that begin and end around it.
bool is_in(std::int64_t number, std::vector<std::int32_t> const& blocks) {
  for (std::int64_t size = block_size; size <= block_size << 15; size *= 8) {
    std::int64_t const first = number / size * size;
    auto const own = block_numbers(first, first + size);
    REQUIRE(own.size() == 1);
    if (std::find(blocks.begin(), blocks.end(), own.front()) != blocks.end()) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("a range is covered by few blocks, with nothing beside it but the rest of its end blocks",
          "[registry]") {
  std::vector<std::pair<std::int64_t, std::int64_t>> const ranges{
      {0, 1}, {0, 1024}, {1023, 1025}, {5000, 900'000}, {8192, 16384}, {1'000'000, 3'000'000'000}};
  for (auto const& [first, before] : ranges) {
    INFO(first << " to " << before);
    auto const blocks = block_numbers(first, before);
    CHECK(blocks.size() <= 7 * 6 + 7 * 6 + 120);
    std::int64_t const begin = first / block_size * block_size;
    std::int64_t const end = (before + block_size - 1) / block_size * block_size;
    for (std::int64_t const inside : {first, before - 1, (first + before) / 2, begin, end - 1})
      CHECK(is_in(inside, blocks));
    if (begin > 0) CHECK_FALSE(is_in(begin - 1, blocks));
    CHECK_FALSE(is_in(end, blocks));
    CHECK(std::set<std::int32_t>(blocks.begin(), blocks.end()).size() == blocks.size());
  }
}

TEST_CASE("pieces, terms, blocks and what stands for them in the sample are told apart", "[registry]") {
  std::int32_t const piece = piece_number(1, false, "ref");
  CHECK(piece == piece_number(1, false, "ref"));
  CHECK(piece != piece_number(1, true, "ref"));
  CHECK(piece != piece_number(2, false, "ref"));
  CHECK(piece != piece_number(1, false, "efu"));
  CHECK(piece >= 0);
  CHECK(term_number(1) > piece);
  CHECK(term_number(1) != term_number(2));
  CHECK(sample_number(piece) != piece);
  CHECK(sample_number(piece) >= 0);
  CHECK(sample_number(term_number(1)) >= 0);
  CHECK(block_numbers(0, 1).front() < 0);
  CHECK(array_text({}) == "{}");
  CHECK(array_text({1, -2}) == "{1,-2}");
}
