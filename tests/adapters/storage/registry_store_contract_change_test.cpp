#include "tests/support/catch.hpp"
#include "tests/support/registry_stores.hpp"

#include <nlohmann/json.hpp>

using namespace parley;
using namespace parley::test;

TEMPLATE_TEST_CASE("a change rewrites the object and refreshes updated_at", "[registry]",
                   PARLEY_REGISTRY_STORES) {
  TestType under;
  auto const before =
      under.run(under.store().create(sample_creation(sample_object(1, "A", {{"tag:x", "1"}}))))->at(0);
  *under.now += 10;
  auto const rule = changing([](object_change& c) {
    c.after.name = "B";
    c.after.facets = {{"tag:y", "2"}};
    c.after.searched_text = "text";
    c.after.body = sample_content("new");
    c.after.updated_by = "bob";
    c.after.created_at = {};      // left alone
    c.after.latest_version = 17;  // left alone
  });
  auto const changed = under.run(under.store().change({sample_key(1)}, rule));
  REQUIRE(changed.has_value());
  auto const after = *under.run(under.store().find(sample_key(1)));
  CHECK(names_of(*changed) == std::vector<std::string>{"B"});
  CHECK(changed->at(0).updated_at == after.updated_at);
  CHECK(after.name == "B");
  CHECK(after.facets == std::vector<facet>{{"tag:y", "2"}});
  CHECK(after.searched_text == "text");
  CHECK(after.body == sample_content("new"));
  CHECK(after.updated_by == "bob");
  CHECK(after.created_by == "ann");
  CHECK(after.created_at == before.created_at);
  CHECK(after.updated_at > before.updated_at);
  CHECK(after.latest_version == 1);

  list_query by_old_tag = all_of();
  by_old_tag.filter.facets = {{"tag:x", facet_filter::match::any_value, {}}};
  CHECK(under.run(under.store().list(by_old_tag))->objects.empty());
  CHECK(under.run(under.store().values(all_of().filter))->tags == std::vector<std::string>{"y"});
}

TEMPLATE_TEST_CASE("a rule that refuses changes nothing and is told as it is", "[registry]",
                   PARLEY_REGISTRY_STORES) {
  TestType under;
  auto const before = under.run(under.store().create(sample_creation(sample_object(1, "A"))))->at(0);
  auto const refused = under.run(under.store().change(
      {sample_key(1)}, [](std::vector<object_state> const&) -> registry_outcome<change_set> {
        return registry_error(registry_refusal::refused, "stale version");
      }));
  REQUIRE(refused.has_error());
  CHECK(refused.error().code == registry_refusal::refused);
  CHECK(refused.error().detail == "stale version");
  CHECK(under.run(under.store().find(sample_key(1)))->updated_at == before.updated_at);
}

TEMPLATE_TEST_CASE("a rule may read without changing", "[registry]", PARLEY_REGISTRY_STORES) {
  TestType under;
  REQUIRE(under.run(under.store().create(sample_creation(sample_object(1, "A")))).has_value());
  REQUIRE(under.run(under.store().create(sample_creation(sample_object(2, "B")))).has_value());
  auto const read = under.run(under.store().change(
      {sample_key(2), sample_key(1)},
      [](std::vector<object_state> const&) -> registry_outcome<change_set> { return change_set(); }));
  REQUIRE(read.has_value());
  CHECK(names_of(*read) == std::vector<std::string>{"B", "A"});
}

TEMPLATE_TEST_CASE("changing what does not exist is not_found; the deleted exist", "[registry]",
                   PARLEY_REGISTRY_STORES) {
  TestType under;
  REQUIRE(under.run(under.store().create(sample_creation(sample_object(1, "A")))).has_value());
  auto const erase = changing([](object_change& c) { c.after.is_deleted = true; });
  auto const missing = under.run(under.store().change({sample_key(1), sample_key(2)}, erase));
  REQUIRE(missing.has_error());
  CHECK(missing.error().code == registry_refusal::not_found);
  CHECK_FALSE(under.run(under.store().find(sample_key(1)))->is_deleted);
  REQUIRE(under.run(under.store().change({sample_key(1)}, erase)).has_value());
  CHECK(under.run(under.store().find(sample_key(1)))->is_deleted);
  CHECK(under.run(under.store().change({sample_key(1)}, erase)).has_value());
}

TEMPLATE_TEST_CASE("a name is free again after deletion and taken again by a rename", "[registry]",
                   PARLEY_REGISTRY_STORES) {
  TestType under;
  REQUIRE(under.run(under.store().create(sample_creation(sample_object(1, "A")))).has_value());
  auto const erase = changing([](object_change& c) { c.after.is_deleted = true; });
  REQUIRE(under.run(under.store().change({sample_key(1)}, erase)).has_value());
  REQUIRE(under.run(under.store().create(sample_creation(sample_object(2, "A")))).has_value());
  REQUIRE(under.run(under.store().create(sample_creation(sample_object(3, "C")))).has_value());
  auto const rename = changing([](object_change& c) { c.after.name = "A"; });
  auto const refused = under.run(under.store().change({sample_key(3)}, rename));
  REQUIRE(refused.has_error());
  CHECK(refused.error().code == registry_refusal::conflict);
  CHECK(under.run(under.store().find(sample_key(3)))->name == "C");
}

TEMPLATE_TEST_CASE("several objects are changed together or not at all", "[registry]",
                   PARLEY_REGISTRY_STORES) {
  TestType under;
  for (int i = 1; i <= 3; ++i)
    REQUIRE(under.run(under.store().create(sample_creation(sample_object(i, "N" + std::to_string(i)))))
                .has_value());
  auto const rename_to = [](std::string first, std::string second) -> change_rule {
    return [=](std::vector<object_state> const& states) -> registry_outcome<change_set> {
      change_set set;
      set.changes.resize(2);
      set.changes[0].after = states.at(0).object;
      set.changes[0].after.name = first;
      set.changes[1].after = states.at(1).object;
      set.changes[1].after.name = second;
      return set;
    };
  };
  auto const refused = under.run(under.store().change({sample_key(1), sample_key(2)}, rename_to("X", "N3")));
  REQUIRE(refused.has_error());
  CHECK(under.run(under.store().find(sample_key(1)))->name == "N1");
  REQUIRE(under.run(under.store().change({sample_key(1), sample_key(2)}, rename_to("X", "Y"))).has_value());
  CHECK(under.run(under.store().find(sample_key(1)))->name == "X");
  CHECK(under.run(under.store().find(sample_key(2)))->name == "Y");
}

TEMPLATE_TEST_CASE("a change may need other objects", "[registry]", PARLEY_REGISTRY_STORES) {
  TestType under;
  REQUIRE(under.run(under.store().create(sample_creation(sample_object(1, "A")))).has_value());
  auto const needing = [](int number) -> change_rule {
    return [number](std::vector<object_state> const& states) -> registry_outcome<change_set> {
      change_set set;
      set.changes.resize(1);
      set.changes[0].after = states.at(0).object;
      set.changes[0].after.name = "changed";
      set.needs = {sample_key(number)};
      return set;
    };
  };
  auto const missing = under.run(under.store().change({sample_key(1)}, needing(7)));
  REQUIRE(missing.has_error());
  CHECK(missing.error().code == registry_refusal::not_found);
  CHECK(under.run(under.store().find(sample_key(1)))->name == "A");
  CHECK(under.run(under.store().change({sample_key(1)}, needing(1))).has_value());
}

TEMPLATE_TEST_CASE("a rule is told whether a live object refers to its object", "[registry]",
                   PARLEY_REGISTRY_STORES) {
  TestType under;
  auto const in_use = [&] {
    bool told = false;
    auto const read = under.run(under.store().change(
        {sample_key(1)}, [&](std::vector<object_state> const& states) -> registry_outcome<change_set> {
          told = states.at(0).in_use;
          return change_set();
        }));
    REQUIRE(read.has_value());
    return told;
  };
  REQUIRE(under.run(under.store().create(sample_creation(sample_object(1, "A")))).has_value());
  CHECK_FALSE(in_use());
  registry_object foreign = sample_object(2, "other", {{"scenario", sample_id(1)}});
  foreign.key = sample_key(2, object_kind::unit_test, "other");
  REQUIRE(under.run(under.store().create(without_version(foreign))).has_value());
  CHECK_FALSE(in_use());
  registry_object test = sample_object(3, "test", {{"scenario", sample_id(1)}});
  test.key = sample_key(3, object_kind::unit_test);
  REQUIRE(under.run(under.store().create(without_version(test))).has_value());
  CHECK(in_use());
  auto const erase = changing([](object_change& c) { c.after.is_deleted = true; });
  REQUIRE(under.run(under.store().change({test.key}, erase)).has_value());
  CHECK_FALSE(in_use());
}

TEMPLATE_TEST_CASE("a rule cannot change what it was not told of", "[registry]", PARLEY_REGISTRY_STORES) {
  TestType under;
  REQUIRE(under.run(under.store().create(sample_creation(sample_object(1, "A")))).has_value());
  auto const stray = changing([](object_change& c) { c.after.key = sample_key(2); });
  CHECK(under.run(under.store().change({sample_key(1)}, stray)).has_error());
}
