#include "tests/support/catch.hpp"
#include "tests/support/registry_stores.hpp"

using namespace parley;
using namespace parley::test;

namespace {

using names = std::vector<std::string>;

search_query asking(std::string text) {
  search_query query;
  query.filter = all_of().filter;
  query.text = std::move(text);
  return query;
}

template <class Store>
names found_by(Store& under, search_query query) {
  auto const found = under.run(under.store().search(std::move(query)));
  REQUIRE(found.has_value());
  return names_of(*found);
}

template <class Store>
void make_named(Store& under, names const& all) {
  int number = 0;
  registry_store& store = under.store();
  for (std::string const& name : all) {
    registry_object object = sample_object(++number, name);
    object.name_is_unique = false;
    REQUIRE(under.run(store.create(without_version(object))).has_value());
  }
}

}  // namespace

TEMPLATE_TEST_CASE("the whole name is found before its beginning, a word and a part, newest first",
                   "[registry]", PARLEY_REGISTRY_SEARCHES) {
  TestType under;
  make_named(under, {"prerefunded", "a refund", "Refunds", "refund", "my refund now", "exchange",
                     "refund late", "REFUND", "unrefundable"});
  CHECK(found_by(under, asking("refund")) == names{"REFUND", "refund", "refund late", "Refunds",
                                                   "my refund now", "a refund", "unrefundable",
                                                   "prerefunded"});
  CHECK(found_by(under, asking("reFUND LAte")) == names{"refund late"});
  CHECK(found_by(under, asking("nd la")) == names{"refund late"});
  CHECK(found_by(under, asking("nothing like it")).empty());
}

TEMPLATE_TEST_CASE("one and two characters are found as whole, beginning, word and part", "[registry]",
                   PARLEY_REGISTRY_SEARCHES) {
  TestType under;
  make_named(under, {"xay", "b a", "ab", "a", "xaby", "A b"});
  CHECK(found_by(under, asking("a")) == names{"a", "A b", "ab", "b a", "xaby", "xay"});
  CHECK(found_by(under, asking("ab")) == names{"ab", "xaby"});
  CHECK(found_by(under, asking(" ")) == names{"A b", "b a"});
}

TEMPLATE_TEST_CASE("the searched text counts like the name", "[registry]", PARLEY_REGISTRY_SEARCHES) {
  TestType under;
  registry_object first = sample_object(1, "Ann");
  first.searched_text = "An impatient regular, twice refunded.";
  registry_object second = sample_object(2, "Impatient");
  second.searched_text = "calm";
  for (auto const& object : {second, first})
    REQUIRE(under.run(under.store().create(without_version(object))).has_value());
  CHECK(found_by(under, asking("impatient")) == names{"Impatient", "Ann"});
  CHECK(found_by(under, asking("refunded")) == names{"Ann"});
  CHECK(found_by(under, asking("calm")) == names{"Impatient"});
  auto const rewrite = changing([](object_change& c) { c.after.searched_text = "polite"; });
  REQUIRE(under.run(under.store().change({sample_key(1)}, rewrite)).has_value());
  CHECK(found_by(under, asking("impatient")) == names{"Impatient"});
  CHECK(found_by(under, asking("polite")) == names{"Ann"});
}

TEMPLATE_TEST_CASE("a search gives the best fifty and looks beyond what it leaves out", "[registry]",
                   PARLEY_REGISTRY_SEARCHES) {
  TestType under;
  names all;
  for (int i = 0; i < 120; ++i) all.push_back("case " + std::to_string(i));
  all.insert(all.begin(), "case");
  make_named(under, all);
  auto const found = found_by(under, asking("case"));
  REQUIRE(found.size() == 50);
  CHECK(found.front() == "case");
  CHECK(found.at(1) == "case 119");
  search_query few = asking("11");
  few.limit = 3;
  CHECK(found_by(under, few) == names{"case 11", "case 119", "case 118"});
}

TEMPLATE_TEST_CASE("searches are filtered, live objects only unless asked for", "[registry]",
                   PARLEY_REGISTRY_SEARCHES) {
  TestType under;
  registry_object tagged = sample_object(1, "refund a", {{"tag:x", "1"}});
  registry_object other = sample_object(2, "refund b");
  other.created_by = "bob";
  registry_object gone = sample_object(3, "refund c", {{"tag:x", "1"}});
  registry_object foreign = sample_object(4, "refund d");
  foreign.key.organization = "other";
  for (auto const& object : {tagged, other, gone, foreign})
    REQUIRE(under.run(under.store().create(without_version(object))).has_value());
  auto const erase = changing([](object_change& c) { c.after.is_deleted = true; });
  REQUIRE(under.run(under.store().change({sample_key(3)}, erase)).has_value());

  CHECK(found_by(under, asking("refund")) == names{"refund b", "refund a"});
  search_query query = asking("refund");
  query.filter.facets = {{"tag:x", facet_filter::match::any_value, {}}};
  CHECK(found_by(under, query) == names{"refund a"});
  query.filter.is_deleted = true;
  CHECK(found_by(under, query) == names{"refund c"});
  query = asking("refund");
  query.filter.creators = {"bob"};
  CHECK(found_by(under, query) == names{"refund b"});
  query = asking("refund");
  query.filter.ids = {sample_id(1)};
  CHECK(found_by(under, query) == names{"refund a"});
  query.filter.organization = "nobody";
  CHECK(found_by(under, query).empty());
}

TEMPLATE_TEST_CASE("what means something to the database is searched for as it stands", "[registry]",
                   PARLEY_REGISTRY_SEARCHES) {
  TestType under;
  names const all{"100% sure", "snake_case", "a\\b",           "it's \"quoted\"", "semi;colon -- drop",
                  "a* OR b*",  "NEAR(x y)",  "tab\tand\nline", "😀 smile",         "日本語テキスト",
                  "grams:abc", "x\x02\x04y", "^start$"};
  make_named(under, all);
  for (std::string const& name : all) {
    INFO(name);
    CHECK(found_by(under, asking(name)) == names{name});
  }
  CHECK(found_by(under, asking("%")) == names{"100% sure"});
  CHECK(found_by(under, asking("%%%")).empty());
  CHECK(found_by(under, asking("___")).empty());
  CHECK(found_by(under, asking("e_c")) == names{"snake_case"});
  CHECK(found_by(under, asking("本語テ")) == names{"日本語テキスト"});
  CHECK(found_by(under, asking("\"")) == names{"it's \"quoted\""});
  CHECK(found_by(under, asking("*")) == names{"a* OR b*"});
}
