#include "tests/support/catch.hpp"
#include "tests/support/registry_stores.hpp"

#include <nlohmann/json.hpp>

using namespace parley;
using namespace parley::test;

namespace {

std::vector<std::string> const hostile{
    "'; DROP TABLE objects; --",
    "\" OR 1=1 --",
    "$1 ?1 :name @x",
    "%s%n%x",
    "\\'\\\"\\\\",
    "{}[]()*^~:",
    "../../etc/passwd",
    "😀𝒳𐍈",
    "é\xcc\x81",
    "\x01\x02\x03\x04\x05\x7f",
    "\r\n\t",
    "NULL",
    "=",
    "*",
    "@creator",
    "tag:",
    "a:b:c",
};

}  // namespace

TEMPLATE_TEST_CASE("hostile text comes back from every field as it was", "[registry]",
                   PARLEY_REGISTRY_STORES) {
  TestType under;
  int number = 0;
  for (std::string const& text : hostile) {
    INFO(text);
    registry_object object = sample_object(++number, text, {{text, text}, {"tag:" + text, std::nullopt}});
    object.key = object_key(text, object_kind::persona, text);
    object.searched_text = text + " " + text;
    object.created_by = object.updated_by = text;
    object.body = json_value(nlohmann::json{{text, text}});
    creation wanted = without_version(object);
    wanted.objects[0].first_version =
        json_value(nlohmann::json{{text, nlohmann::json::array({text, 1.5, nullptr})}});
    REQUIRE(under.run(under.store().create(wanted)).has_value());
    auto const found = under.run(under.store().find(object.key));
    REQUIRE(found.has_value());
    CHECK(found->name == text);
    CHECK(found->facets == object.facets);
    CHECK(found->searched_text == object.searched_text);
    CHECK(found->created_by == text);
    CHECK(found->body == object.body);
    version_query versions;
    versions.of = object.key;
    CHECK(under.run(under.store().versions(versions))->versions.at(0).content ==
          *wanted.objects[0].first_version);

    list_query query = all_of(object_kind::persona, text);
    query.filter.creators = {text};
    query.filter.facets = {{text, facet_filter::match::value, {text}}};
    CHECK(under.run(under.store().list(query))->objects.size() == 1);
    search_query search;
    search.filter = query.filter;
    search.text = text;
    CHECK(under.run(under.store().search(search))->size() == 1);
  }
}

TEMPLATE_TEST_CASE("JSON keeps what text cannot hold", "[registry]", PARLEY_REGISTRY_STORES) {
  TestType under;
  registry_object object = sample_object(1, "A");
  nlohmann::json const value{{std::string("a\0b", 3), std::string("\0", 1)},
                             {"deep", nlohmann::json::array({18446744073709551615ull, -1, 0.1, false})}};
  object.body = json_value(value);
  REQUIRE(under.run(under.store().create(without_version(object))).has_value());
  CHECK(under.run(under.store().find(sample_key(1)))->body.get() == value);
}

TEMPLATE_TEST_CASE("text that not every database can hold is refused everywhere", "[registry]",
                   PARLEY_REGISTRY_STORES) {
  TestType under;
  std::vector<std::string> const unstorable{std::string("a\0b", 3), "\xff", "\xed\xa0\x80", "cut \xf0\x9f"};
  for (std::string const& text : unstorable) {
    registry_object named = sample_object(1, text);
    registry_object tagged = sample_object(1, "A", {{"tag:x", text}});
    registry_object keyed = sample_object(1, "A");
    keyed.key.id = text;
    registry_object made = sample_object(1, "A");
    made.created_by = text;
    registry_object searched = sample_object(1, "A");
    searched.searched_text = text;
    for (registry_object const& object : {named, tagged, keyed, made, searched}) {
      auto const refused = under.run(under.store().create(sample_creation(object)));
      REQUIRE(refused.has_error());
      CHECK(refused.error().code == registry_refusal::invalid);
    }
    auto const missing = under.run(under.store().find(object_key(text, object_kind::scenario, text)));
    REQUIRE(missing.has_error());
    CHECK(missing.error().code == registry_refusal::not_found);
    list_query query = all_of();
    query.filter.creators = {text};
    CHECK(under.run(under.store().list(query)).error().code == registry_refusal::invalid);
    search_query search;
    search.filter = all_of().filter;
    search.text = text;
    CHECK(under.run(under.store().search(search))->empty());
  }
  REQUIRE(under.run(under.store().create(sample_creation(sample_object(1, "A")))).has_value());
  auto const spoil = changing([](object_change& c) { c.after.name = std::string("\0", 1); });
  auto const refused = under.run(under.store().change({sample_key(1)}, spoil));
  REQUIRE(refused.has_error());
  CHECK(refused.error().code == registry_refusal::invalid);
}

TEMPLATE_TEST_CASE("long texts are stored and found", "[registry]", PARLEY_REGISTRY_STORES) {
  TestType under;
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "word" + std::to_string(i) + " ";
  registry_object object = sample_object(1, std::string(2000, 'n'));
  object.searched_text = text;
  REQUIRE(under.run(under.store().create(sample_creation(object))).has_value());
  CHECK(under.run(under.store().find(sample_key(1)))->searched_text == text);
  search_query search;
  search.filter = all_of().filter;
  search.text = "word19999";
  CHECK(under.run(under.store().search(search))->size() == 1);
  search.text = std::string(1999, 'n');
  CHECK(under.run(under.store().search(search))->size() == 1);
}
