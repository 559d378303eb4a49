#include "tests/runner/evaluation/sample_transcript.hpp"
#include "tests/support/catch.hpp"

using namespace parley;
using namespace parley::test;
using enum check_kind;

namespace {

bool met(check_kind kind, char const* wanted, std::string text) {
  return answer(check_of(kind, wanted), one_reply(std::move(text))) == verdict::met;
}

bool mentioned(char const* wanted, std::string text) {
  return met(mentions, wanted, std::move(text));
}

transcript three_turns() {
  return conversation({
      said(role::agent, "Welcome to the shop", 0),
      said(role::user, "Where is my order?", 1),
      said(role::agent, "Let me look.", 1),
      said(role::agent, "Order 4411 is late.", 1),
      said(role::user, "I want a refund", 2),
      said(role::agent, "Your refund was issued.", 2),
  });
}

}  // namespace

TEST_CASE("contains is a case-sensitive substring") {
  CHECK(met(contains, "fund is", "Your refund issued"));
  CHECK_FALSE(met(contains, "Refund", "Your refund issued"));
  CHECK(met(contains, "a.b", "a.b"));
  CHECK_FALSE(met(contains, "a.b", "axb"));
}

TEST_CASE("equals ignores white space at both ends only") {
  CHECK(met(equals, " yes\n", "\u00a0yes \t"));
  CHECK_FALSE(met(equals, "yes", "Yes"));
  CHECK_FALSE(met(equals, "a b", "a  b"));
}

TEST_CASE("matches is RE2, unanchored and case-sensitive unless it says otherwise") {
  CHECK(met(matches, "refund(s|ed)", "It was refunded today"));
  CHECK_FALSE(met(matches, "REFUND", "refund"));
  CHECK(met(matches, "(?i)REFUND", "refund"));
  CHECK(met(matches, "^It", "It was"));
  CHECK_FALSE(met(matches, "^was", "It was"));
}

TEST_CASE("mentions ignores case") {
  CHECK(mentioned("refund id", "Your REFUND Id is 7"));
  CHECK(mentioned("ΟΔΟΣ", "οδος οδός"));
  CHECK(mentioned("λόγος", "ΛΌΓΟΣ"));
  CHECK(mentioned("ПРИВЕТ", "привет, мир"));
  CHECK(mentioned("ÉCOLE", "l'école"));
}

TEST_CASE("mentions treats runs of white space as equal") {
  CHECK(mentioned("refund id", "refund \n\t id"));
  CHECK(mentioned("refund\n  id", "refund id"));
  CHECK(mentioned("refund id", "refund\u00a0id"));
  CHECK(mentioned("refund id", "refund\u3000\u2009id"));
  CHECK(mentioned("  refund id ", "(refund id)"));
  CHECK_FALSE(mentioned("refund id", "refundid"));
}

TEST_CASE("mentions stops at word boundaries") {
  CHECK(mentioned("4411", "Order #4411."));
  CHECK(mentioned("4411", "4411"));
  CHECK_FALSE(mentioned("4411", "44112"));
  CHECK_FALSE(mentioned("4411", "order a4411"));
  CHECK_FALSE(mentioned("refund", "refunded"));
  CHECK_FALSE(mentioned("fund", "refund"));
  CHECK(mentioned("fund", "refund fund"));
  CHECK(mentioned("fund", "a_fund_b"));
  CHECK(mentioned("id", "the id's number"));
}

TEST_CASE("a later whole word counts after an earlier part of a word") {
  CHECK(mentioned("cat", "concatenate the cat"));
  CHECK(mentioned("a a", "aa a a"));
  CHECK(mentioned("ab ab a", "ab ab ab ab ab a"));
  CHECK_FALSE(mentioned("cat", "concatenate scat cats"));
}

TEST_CASE("word boundaries know letters of every script") {
  CHECK_FALSE(mentioned("caf", "café"));
  CHECK_FALSE(mentioned("cole", "école"));
  CHECK_FALSE(mentioned("мир", "мира"));
  CHECK(mentioned("мир", "«мир»"));
  CHECK_FALSE(mentioned("straß", "straße"));
  CHECK_FALSE(mentioned("7", "٣7"));       // an Arabic-Indic digit is a digit
  CHECK_FALSE(mentioned("हिन", "हिन्दी"));  // a vowel sign continues its word
  CHECK(mentioned("4411", "☎\uFE0F4411"));
}

TEST_CASE("scripts written without spaces have a boundary everywhere") {
  CHECK(mentioned("退款", "您的退款已经处理"));
  CHECK(mentioned("返金", "返金しました"));
  CHECK(mentioned("コーヒ", "コーヒー"));
  CHECK(mentioned("เงินคืน", "ได้รับเงินคืนแล้ว"));
  CHECK(mentioned("ຄືນ", "ໄດ້ຄືນແລ້ວ"));
  CHECK(mentioned("សង", "បានសងវិញ"));
  CHECK(mentioned("ပြန်", "ငွေပြန်အမ်း"));
  CHECK(mentioned("4411", "订单4411已退款"));
  CHECK_FALSE(mentioned("환불", "환불하다"));  // Korean is written with spaces
}

TEST_CASE("punctuation at the edge of a text needs no boundary") {
  CHECK(mentioned("$5", "costs$5 now"));
  CHECK_FALSE(mentioned("$5", "costs $50"));
  CHECK(mentioned("C++", "C++20"));
  CHECK(mentioned("(.*)", "write (.*) here"));
}

TEST_CASE("a list of mentions holds when each is somewhere in the scope") {
  auto const talk = three_turns();
  CHECK(answer(check_of(mentions, {"4411", "refund"}), talk) == verdict::met);
  auto const result = result_of(check_of(mentions, {"4411", "voucher", "gift"}), talk);
  CHECK(result.answer == verdict::not_met);
  CHECK(result.evidence == "missing: \"voucher\", \"gift\"");
  CHECK(answer(check_of(mentions, {"4411", "refund"}, last), talk) == verdict::not_met);
  CHECK(answer(check_of(mentions, {"refund", "issued"}, last), talk) == verdict::met);
}

TEST_CASE("a list of not_mentions holds when none is anywhere in the scope") {
  auto const talk = three_turns();
  CHECK(answer(check_of(not_mentions, {"voucher", "gift"}), talk) == verdict::met);
  auto const result = result_of(check_of(not_mentions, {"voucher", "4411"}), talk);
  CHECK(result.answer == verdict::not_met);
  CHECK(result.evidence == "Order 4411 is late.");
  CHECK(result.turn == 1);
}

TEST_CASE("the scope any holds when one message does, the greeting included") {
  auto const result = result_of(check_of(contains, "Welcome"), three_turns());
  CHECK(result.answer == verdict::met);
  CHECK(result.turn == 0);
  CHECK(answer(check_of(contains, "goodbye"), three_turns()) == verdict::not_met);
}

TEST_CASE("the scope last is the last message of that side") {
  CHECK(answer(check_of(contains, "issued", last), three_turns()) == verdict::met);
  CHECK(answer(check_of(contains, "4411", last), three_turns()) == verdict::not_met);
  CHECK(answer(check_of(contains, "refund", last, check_side::user), three_turns()) == verdict::met);
}

TEST_CASE("the scope every needs each message") {
  CHECK(answer(check_of(matches, "[a-z]", every), three_turns()) == verdict::met);
  auto const result = result_of(check_of(contains, "o", every), three_turns());
  CHECK(result.answer == verdict::not_met);
  CHECK(result.turn == 1);
  CHECK(result.evidence == "Order 4411 is late.");
}

TEST_CASE("the scope turn is the messages of one interaction, 0 is the greeting") {
  CHECK(answer(check_of(contains, "4411", turn(1)), three_turns()) == verdict::met);
  CHECK(answer(check_of(contains, "look", turn(1)), three_turns()) == verdict::met);
  CHECK(answer(check_of(contains, "4411", turn(2)), three_turns()) == verdict::not_met);
  CHECK(answer(check_of(contains, "Welcome", turn(0)), three_turns()) == verdict::met);
  CHECK(answer(check_of(contains, "order", turn(1), check_side::user), three_turns()) == verdict::met);
}

TEST_CASE("a positive check on an empty scope is not met, a negative one is") {
  CHECK(answer(check_of(contains, "", turn(9)), three_turns()) == verdict::not_met);
  CHECK(answer(check_of(contains, "x", every), conversation({said(role::user, "x", 1)})) == verdict::not_met);
  CHECK(answer(check_of(not_contains, "x", turn(9)), three_turns()) == verdict::met);
  CHECK(answer(check_of(not_mentions, "x", last), conversation({said(role::user, "x", 1)})) == verdict::met);
}

TEST_CASE("a negative check is over every message of its scope") {
  for (auto const& scope : {message_scope{}, every}) {
    CHECK(answer(check_of(not_contains, "4411", scope), three_turns()) == verdict::not_met);
    CHECK(answer(check_of(not_matches, "^Let", scope), three_turns()) == verdict::not_met);
    CHECK(answer(check_of(not_mentions, "WELCOME", scope), three_turns()) == verdict::not_met);
    CHECK(answer(check_of(not_mentions, "wel", scope), three_turns()) == verdict::met);
  }
  CHECK(answer(check_of(not_contains, "4411", last), three_turns()) == verdict::met);
  CHECK(answer(check_of(not_contains, "4411", turn(1)), three_turns()) == verdict::not_met);
  CHECK(answer(check_of(not_contains, "4411", turn(2)), three_turns()) == verdict::met);
}

TEST_CASE("checks of the user look at user lines, not at events") {
  auto const talk = conversation({said(role::event, "order 4411 delayed", 1), said(role::agent, "Sorry", 1),
                                  said(role::user, "When?", 2)});
  CHECK(answer(check_of(contains, "4411", {}, check_side::user), talk) == verdict::not_met);
  CHECK(answer(check_of(contains, "When", {}, check_side::user), talk) == verdict::met);
  CHECK(answer(check_of(contains, "When"), talk) == verdict::not_met);
}

TEST_CASE("history, system, tool and blank messages are in no scope") {
  auto old = said(role::agent, "secret 4411", 0);
  old.from_history = true;
  auto const talk = conversation({old, said(role::system, "secret", 0), said(role::user, "Hi", 1),
                                  said(role::agent, "Hello there", 1), said(role::tool, "", 1),
                                  said(role::agent, " \n", 1)});
  CHECK(answer(check_of(not_contains, "secret"), talk) == verdict::met);
  CHECK(answer(check_of(contains, "secret"), talk) == verdict::not_met);
  CHECK(answer(check_of(contains, "Hello", last), talk) == verdict::met);
  CHECK(answer(check_of(contains, "secret", turn(0)), talk) == verdict::not_met);
}

TEST_CASE("a pattern that RE2 rejects is a problem where it was written") {
  check c = check_of(matches, "(?=ahead)");
  c.where.file = "a.yaml";
  c.where.line = 7;
  auto const problems = problems_of(c);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].severity == input_problem::severity_level::error);
  CHECK(problems[0].where.line == 7);
  CHECK(problems[0].what.find("(?=ahead)") != std::string::npos);
}

TEST_CASE("a text check without a text is a problem") {
  CHECK(problems_of(check_of(contains, 4411)).size() == 1);
  CHECK(problems_of(check_of(contains, {"a", "b"})).size() == 1);
  CHECK(problems_of(check_of(mentions, {"a", 2})).size() == 1);
  CHECK(problems_of(check_of(mentions, " ")).size() == 1);
  CHECK(problems_of(check_of(mentions, nlohmann::json::array())).size() == 1);
}

TEST_CASE("evidence is a short excerpt around what was found") {
  std::string const filler(1000, 'x');
  auto const result = result_of(check_of(mentions, "4411"), one_reply(filler + " 4411 " + filler));
  CHECK(result.evidence.size() <= 200);
  CHECK(result.evidence.find("4411") != std::string::npos);
  CHECK(result.turn == 1);
}

TEST_CASE("evidence is cut between characters") {
  std::string text;
  for (int i = 0; i < 300; ++i) text += "日";
  for (std::string const prefix : {"", "a", "ab"}) {
    auto const evidence = result_of(check_of(contains, "日"), one_reply(prefix + text)).evidence;
    CHECK(evidence.size() <= 200);
    CHECK_NOTHROW(nlohmann::json(evidence).dump());
  }
}

TEST_CASE("one megabyte of one letter is no trouble for any text check") {
  auto const talk = one_reply(std::string(1 << 20, 'a'));
  std::string const needle(1000, 'a');
  CHECK(answer(check_of(contains, needle + "b"), talk) == verdict::not_met);
  CHECK(answer(check_of(mentions, needle), talk) == verdict::not_met);
  CHECK(answer(check_of(mentions, "a"), talk) == verdict::not_met);
  CHECK(answer(check_of(matches, "(a+)+b"), talk) == verdict::not_met);
  CHECK(answer(check_of(matches, "(a|aa)*$"), talk) == verdict::met);
  CHECK(answer(check_of(not_matches, "(?i)(A*)*c"), talk) == verdict::met);
  CHECK(answer(check_of(equals, "a"), talk) == verdict::not_met);
}

TEST_CASE("one megabyte of words that almost match is no trouble for mentions") {
  std::string text;
  while (text.size() < (1 << 20)) text += "ab ";
  std::string needle;
  for (int i = 0; i < 300; ++i) needle += "ab ";
  CHECK_FALSE(mentioned((needle + "a").c_str(), text));
  CHECK(mentioned((needle + "ab").c_str(), text));
  CHECK_FALSE(mentioned("a b", std::string(1 << 20, ' ')));
}
