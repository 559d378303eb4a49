#include "adapters/storage/search_grams.hpp"

#include "tests/support/catch.hpp"

#include <algorithm>
#include <array>
#include <random>

using namespace parley;

namespace {

constexpr std::array ranks{search_rank::whole, search_rank::prefix, search_rank::word, search_rank::part};

std::string random_text(std::mt19937& chance, std::size_t longest) {
  static std::array<std::string, 9> const characters{"a", "b", "a", " ", "-", "é", "日", "4", "\x04"};
  std::string text;
  for (std::size_t length = chance() % longest + 1; length > 0; --length)
    text += characters[chance() % characters.size()];
  return text;
}

}  // namespace

TEST_CASE("a marked text contains the marked query of every rank it has", "[registry]") {
  std::mt19937 chance(7);
  int hits = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string const text = random_text(chance, 12);
    std::string const query = random_text(chance, 4);
    auto const rank = rank_of(text, query);
    if (!rank) continue;
    ++hits;
    INFO("'" << text << "' '" << query << "'");
    CHECK(marked_texts("", text).find(marked_query(query, *rank)) != std::string::npos);
    CHECK(marked_texts(text, "z").find(marked_query(query, *rank)) != std::string::npos);
  }
  CHECK(hits > 1000);
}

TEST_CASE("the pieces of a query are among those of every text that contains it", "[registry]") {
  std::mt19937 chance(8);
  for (int i = 0; i < 500; ++i) {
    std::string const query = random_text(chance, 30);
    std::string const text = random_text(chance, 10) + query + random_text(chance, 10);
    auto const rank = rank_of(text, query);
    REQUIRE(rank.has_value());
    auto const all = grams_of(marked_texts(text, ""));
    for (std::string const& piece : query_grams(query, *rank)) {
      INFO("'" << text << "' '" << query << "'");
      CHECK(std::binary_search(all.begin(), all.end(), piece));
    }
  }
}

TEST_CASE("only parts of one or two characters are too short for the index", "[registry]") {
  for (char const* query : {"a", "日", "ab"})
    for (search_rank const rank : ranks)
      CHECK(query_grams(query, rank).empty() == (rank == search_rank::part));
  CHECK(query_grams("abc", search_rank::part).size() == 1);
}
