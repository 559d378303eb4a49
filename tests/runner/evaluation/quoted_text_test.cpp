#include "runner/evaluation/quoted_text.hpp"

#include "tests/support/catch.hpp"

using namespace parley;

TEST_CASE("a quote is found as the text has it") {
  CHECK(find_quote("I am sorry, really.", "sorry, really") == "sorry, really");
  CHECK(find_quote("I am  sorry,\n really.", "am sorry, really.") == "am  sorry,\n really.");
  CHECK(find_quote("It\u2019s \u201cfine\u201d", "It's \"fine\"") == "It\u2019s \u201cfine\u201d");
  CHECK(find_quote("It's \"fine\"", "It\u2019s \u201cfine\u201d") == "It's \"fine\"");
  CHECK(find_quote("Sehr \u201egut\u201c", "\u00abgut\u00bb") == "\u201egut\u201c");
  CHECK(find_quote("  edges  ", " edges ") == "edges");
  CHECK(find_quote("日本語です", "本語") == "本語");
}

TEST_CASE("anything else isn't a quote") {
  CHECK_FALSE(find_quote("I am sorry.", "I am Sorry."));
  CHECK_FALSE(find_quote("I am sorry.", "I'm sorry"));
  CHECK_FALSE(find_quote("I am sorry.", "I ... sorry"));
  CHECK_FALSE(find_quote("I am sorry.", ""));
  CHECK_FALSE(find_quote("I am sorry.", " \n"));
  CHECK_FALSE(find_quote("", "sorry"));
}
