#include "tests/support/catch.hpp"
#include "tests/support/registry_stores.hpp"

#include <nlohmann/json.hpp>

using namespace parley;
using namespace parley::test;

TEMPLATE_TEST_CASE("what was created is found as it was", "[registry]", PARLEY_REGISTRY_STORES) {
  TestType under;
  registry_object wanted = sample_object(
      1, "Late refund", {{"tag:team", "returns"}, {"tag:urgent", std::nullopt}, {"role", "customer"}});
  wanted.searched_text = "an angry regular";
  wanted.updated_by = "bob";
  auto const made = under.run(under.store().create(sample_creation(wanted)));
  REQUIRE(made.has_value());
  auto const found = under.run(under.store().find(sample_key(1)));
  REQUIRE(found.has_value());
  CHECK(found->key == wanted.key);
  CHECK(found->name == "Late refund");
  CHECK(found->name_is_unique);
  CHECK(found->facets == wanted.facets);
  CHECK(found->searched_text == "an angry regular");
  CHECK(found->body == wanted.body);
  CHECK_FALSE(found->is_deleted);
  CHECK(found->latest_version == 1);
  CHECK(found->created_by == "ann");
  CHECK(found->updated_by == "bob");
  CHECK(found->created_at == made->at(0).created_at);
  CHECK(found->updated_at == found->created_at);
}

TEMPLATE_TEST_CASE("an object without a first version has none", "[registry]", PARLEY_REGISTRY_STORES) {
  TestType under;
  REQUIRE(under.run(under.store().create(without_version(sample_object(1, "A")))).has_value());
  CHECK(under.run(under.store().find(sample_key(1)))->latest_version == 0);
}

TEMPLATE_TEST_CASE("nothing is found under another organisation, kind or id", "[registry]",
                   PARLEY_REGISTRY_STORES) {
  TestType under;
  REQUIRE(under.run(under.store().create(sample_creation(sample_object(1, "A")))).has_value());
  for (object_key const& key :
       {sample_key(2), sample_key(1, object_kind::persona), sample_key(1, object_kind::scenario, "other"),
        sample_key(1, object_kind::scenario, "")}) {
    auto const found = under.run(under.store().find(key));
    REQUIRE(found.has_error());
    CHECK(found.error().code == registry_refusal::not_found);
  }
}

TEMPLATE_TEST_CASE("times ascend and are never the same, though the clock stands or goes back", "[registry]",
                   PARLEY_REGISTRY_STORES) {
  TestType under;
  auto const a = under.run(under.store().create(sample_creation(sample_object(1, "A"))))->at(0);
  *under.now -= 5'000'000;
  auto const b = under.run(under.store().create(sample_creation(sample_object(2, "B"))))->at(0);
  CHECK(b.created_at > a.created_at);
  *under.now += 60'000'000;
  auto const c = under.run(under.store().create(sample_creation(sample_object(3, "C"))))->at(0);
  CHECK(c.created_at == micro_time(std::chrono::microseconds(under.now->load())));
}

TEMPLATE_TEST_CASE("two live objects cannot share a unique name", "[registry]", PARLEY_REGISTRY_STORES) {
  TestType under;
  REQUIRE(under.run(under.store().create(sample_creation(sample_object(1, "A")))).has_value());
  auto const again = under.run(under.store().create(sample_creation(sample_object(2, "A"))));
  REQUIRE(again.has_error());
  CHECK(again.error().code == registry_refusal::conflict);
  CHECK(under.run(under.store().find(sample_key(2))).has_error());

  registry_object elsewhere = sample_object(3, "A");
  elsewhere.key.organization = "other";
  CHECK(under.run(under.store().create(sample_creation(elsewhere))).has_value());
  registry_object persona = sample_object(4, "A");
  persona.key.kind = object_kind::persona;
  CHECK(under.run(under.store().create(sample_creation(persona))).has_value());
  registry_object shared = sample_object(5, "A");
  shared.name_is_unique = false;
  CHECK(under.run(under.store().create(sample_creation(shared))).has_value());
  CHECK(under.run(under.store().create(sample_creation(sample_object(6, "a")))).has_value());
}

TEMPLATE_TEST_CASE("an id is used once", "[registry]", PARLEY_REGISTRY_STORES) {
  TestType under;
  REQUIRE(under.run(under.store().create(sample_creation(sample_object(1, "A")))).has_value());
  auto const again = under.run(under.store().create(sample_creation(sample_object(1, "B"))));
  REQUIRE(again.has_error());
  CHECK(again.error().code == registry_refusal::conflict);
}

TEMPLATE_TEST_CASE("objects are created together or not at all", "[registry]", PARLEY_REGISTRY_STORES) {
  TestType under;
  REQUIRE(under.run(under.store().create(sample_creation(sample_object(1, "A")))).has_value());
  creation both = sample_creation(sample_object(2, "B"));
  both.objects.push_back(sample_creation(sample_object(3, "A")).objects[0]);
  auto const refused = under.run(under.store().create(both));
  REQUIRE(refused.has_error());
  CHECK(refused.error().code == registry_refusal::conflict);
  CHECK(under.run(under.store().find(sample_key(2))).has_error());
  CHECK(under.run(under.store().list(all_of()))->objects.size() == 1);
  both.objects[1].object.name = "C";
  auto const made = under.run(under.store().create(both));
  REQUIRE(made.has_value());
  CHECK(names_of(*made) == std::vector<std::string>{"B", "C"});
}

TEMPLATE_TEST_CASE("what a creation needs must exist and be live", "[registry]", PARLEY_REGISTRY_STORES) {
  TestType under;
  REQUIRE(under.run(under.store().create(sample_creation(sample_object(1, "A")))).has_value());
  creation needy = without_version(sample_object(2, "B"));
  needy.needs = {sample_key(1), sample_key(9)};
  auto const missing = under.run(under.store().create(needy));
  REQUIRE(missing.has_error());
  CHECK(missing.error().code == registry_refusal::not_found);
  CHECK(missing.error().detail.find(sample_id(9)) != std::string::npos);

  needy.needs = {sample_key(1)};
  auto const erase = changing([](object_change& c) { c.after.is_deleted = true; });
  REQUIRE(under.run(under.store().change({sample_key(1)}, erase)).has_value());
  auto const deleted = under.run(under.store().create(needy));
  REQUIRE(deleted.has_error());
  CHECK(deleted.error().code == registry_refusal::not_found);
  CHECK(under.run(under.store().find(sample_key(2))).has_error());

  needy.needs = {sample_key(1, object_kind::scenario, "other")};
  CHECK(under.run(under.store().create(needy)).has_error());
  needy.needs.clear();
  CHECK(under.run(under.store().create(needy)).has_value());
}

TEMPLATE_TEST_CASE("a store that is there can be pinged", "[registry]", PARLEY_REGISTRY_STORES) {
  TestType under;
  CHECK(under.run(under.store().ping()).has_value());
}

TEMPLATE_TEST_CASE("what is refused after it has written takes nothing along of what was asked with it",
                   "[registry]", PARLEY_REGISTRY_STORES) {
  TestType under;
  REQUIRE(under.run(under.store().create(without_version(sample_object(1, "taken")))).has_value());
  std::vector<boost::asio::awaitable<registry_outcome<std::vector<registry_object>>>> calls;
  for (int number = 10; number < 30; ++number) {
    creation both =
        without_version(sample_object(number, "first " + std::to_string(number), {{"tag:new", "yes"}}));
    std::string const name = number % 4 == 0 ? "taken" : "second " + std::to_string(number);
    creation second = without_version(sample_object(number + 100, name));
    both.objects.push_back(std::move(second.objects.front()));
    calls.push_back(under.store().create(std::move(both)));
  }
  auto const results = under.run_all(std::move(calls));
  for (int number = 10; number < 30; ++number) {
    INFO(number);
    bool const wanted = number % 4 != 0;
    CHECK(results.at(static_cast<std::size_t>(number - 10)).has_value() == wanted);
    CHECK(under.run(under.store().find(sample_key(number))).has_value() == wanted);
    CHECK(under.run(under.store().find(sample_key(number + 100))).has_value() == wanted);
  }
  list_query tagged = all_of();
  tagged.filter.facets = {{"tag:new", facet_filter::match::value, {"yes"}}};
  CHECK(under.run(under.store().list(tagged))->objects.size() == 15);
}
