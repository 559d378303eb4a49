#include "runner/registry/search_rank.hpp"

#include "tests/support/catch.hpp"

using namespace parley;

TEST_CASE("a search ranks the whole name before its beginning, a word and a part") {
  CHECK(rank_of("late refund", "late refund") == search_rank::whole);
  CHECK(rank_of("late refund", "late") == search_rank::prefix);
  CHECK(rank_of("late refund", "refund") == search_rank::word);
  CHECK(rank_of("late refunds", "refund") == search_rank::part);
  CHECK(rank_of("late refund", "exchange") == std::nullopt);
  CHECK(rank_of("late refund", "") == std::nullopt);
}

TEST_CASE("a word is found behind a part of another one") {
  CHECK(rank_of("my refunds and a refund", "refund") == search_rank::word);
}

TEST_CASE("words of other scripts end where their letters do") {
  CHECK(rank_of("das ärgernis", "gernis") == search_rank::part);
  CHECK(rank_of("ein ärgernis", "ärgernis") == search_rank::word);
}

TEST_CASE("case is folded in every script") {
  CHECK(fold_case("ÄRGER") == fold_case("ärger"));
  CHECK(fold_case("СКИДКА") == fold_case("скидка"));
  CHECK(fold_case("Straße") == fold_case("STRASSE"));
  CHECK(fold_case("bad \xff bytes") == "bad \xff bytes");
}

TEST_CASE("the better of name and searched text counts") {
  CHECK(rank_of("angry regular", "regular", "regular") == search_rank::whole);
  CHECK(rank_of("angry regular", "", "regular") == search_rank::word);
  CHECK(rank_of("angry", "was regular once", "regular") == search_rank::word);
  CHECK(rank_of("angry", "calm", "regular") == std::nullopt);
}
