#include "tests/support/catch.hpp"
#include "tests/support/registry_stores.hpp"

#include <algorithm>

using namespace parley;
using namespace parley::test;

namespace {

using objects_outcome = registry_outcome<std::vector<registry_object>>;
using calls = std::vector<boost::asio::awaitable<objects_outcome>>;

// Appends version `number`, unless it is not the next one.
change_rule appending(int number) {
  return [number](std::vector<object_state> const& states) -> registry_outcome<change_set> {
    registry_object const& object = states.at(0).object;
    if (object.latest_version + 1 != number)
      return registry_error(registry_refusal::refused, "stale version");
    change_set set;
    set.changes.resize(1);
    set.changes[0].after = object;
    set.changes[0].new_version = sample_content(std::to_string(number));
    return set;
  };
}

change_rule deleting_unless_in_use() {
  return [](std::vector<object_state> const& states) -> registry_outcome<change_set> {
    if (states.at(0).in_use) return registry_error(registry_refusal::refused, "in use");
    change_set set;
    set.changes.resize(1);
    set.changes[0].after = states.at(0).object;
    set.changes[0].after.is_deleted = true;
    return set;
  };
}

creation test_of_scenario(int number, int scenario) {
  registry_object test =
      sample_object(number, "test " + std::to_string(number), {{"scenario", sample_id(scenario)}});
  test.key = sample_key(number, object_kind::unit_test);
  creation made = without_version(test);
  made.needs = {sample_key(scenario)};
  return made;
}

template <class Outcomes>
std::ptrdiff_t successes(Outcomes const& all) {
  return std::count_if(all.begin(), all.end(), [](auto const& outcome) { return outcome.has_value(); });
}

}  // namespace

TEMPLATE_TEST_CASE("of two writers with the same version one wins, a thousand times", "[registry]",
                   PARLEY_REGISTRY_DATABASES) {
  TestType under;
  auto const other = under.another();
  REQUIRE(under.run(under.store().create(sample_creation(sample_object(1, "A")))).has_value());
  for (int round = 2; round <= 1001; ++round) {
    calls both;
    both.push_back(under.store().change({sample_key(1)}, appending(round)));
    both.push_back((round % 2 == 0 ? *other : under.store()).change({sample_key(1)}, appending(round)));
    auto const results = under.run_all(std::move(both));
    INFO(round);
    REQUIRE(successes(results) == 1);
    auto const& loser = results[0] ? results[1] : results[0];
    REQUIRE(loser.error().code == registry_refusal::refused);
  }
  CHECK(under.run(under.store().find(sample_key(1)))->latest_version == 1001);
}

TEMPLATE_TEST_CASE("an object is never deleted while a reference to it is created", "[registry]",
                   PARLEY_REGISTRY_DATABASES) {
  TestType under;
  auto const other = under.another();
  int deleted = 0;
  for (int round = 1; round <= 200; ++round) {
    int const scenario = 10 * round;
    REQUIRE(
        under.run(under.store().create(sample_creation(sample_object(scenario, std::to_string(scenario)))))
            .has_value());
    calls both;
    if (round % 2 == 0) both.push_back(other->change({sample_key(scenario)}, deleting_unless_in_use()));
    both.push_back(under.store().create(test_of_scenario(scenario + 1, scenario)));
    if (round % 2 == 1) both.push_back(other->change({sample_key(scenario)}, deleting_unless_in_use()));
    auto const results = under.run_all(std::move(both));
    INFO(round);
    REQUIRE(successes(results) == 1);
    deleted += under.run(under.store().find(sample_key(scenario)))->is_deleted ? 1 : 0;
  }
  INFO(deleted);
}

TEMPLATE_TEST_CASE("of many who want a name one gets it", "[registry]", PARLEY_REGISTRY_DATABASES) {
  TestType under;
  auto const other = under.another();
  for (int round = 0; round < 20; ++round) {
    calls all;
    for (int i = 0; i < 20; ++i) {
      registry_object const object = sample_object(100 * round + i, "name " + std::to_string(round));
      all.push_back((i % 2 == 0 ? *other : under.store()).create(sample_creation(object)));
    }
    auto const results = under.run_all(std::move(all));
    REQUIRE(successes(results) == 1);
    for (auto const& result : results)
      if (!result) REQUIRE(result.error().code == registry_refusal::conflict);
  }
}

TEMPLATE_TEST_CASE("two servers draw different times and new tags together", "[registry]",
                   PARLEY_REGISTRY_DATABASES) {
  TestType under;
  auto const other = under.another();
  calls all;
  for (int i = 1; i <= 200; ++i) {
    registry_object const object =
        sample_object(i, std::to_string(i), {{"tag:new" + std::to_string(i / 4), "x"}, {"tag:all", "y"}});
    all.push_back((i % 2 == 0 ? *other : under.store()).create(sample_creation(object)));
  }
  auto const results = under.run_all(std::move(all));
  for (auto const& result : results) {
    INFO((result ? std::string() : result.error().detail));
    REQUIRE(result.has_value());
  }
  list_query query = all_of();
  query.limit = 1000;
  query.filter.facets = {{"tag:all", facet_filter::match::value, {"y"}}};
  auto const page = under.run(under.store().list(query));
  REQUIRE(page->objects.size() == 200);
  for (std::size_t i = 1; i < page->objects.size(); ++i)
    CHECK(page->objects[i - 1].created_at > page->objects[i].created_at);
}

TEMPLATE_TEST_CASE("one refused operation does not take the others of its time with it", "[registry]",
                   PARLEY_REGISTRY_STORES) {
  TestType under;
  REQUIRE(under.run(under.store().create(sample_creation(sample_object(1, "taken")))).has_value());
  calls all;
  for (int i = 2; i <= 40; ++i)
    all.push_back(
        under.store().create(sample_creation(sample_object(i, i % 3 == 0 ? "taken" : std::to_string(i)))));
  auto const results = under.run_all(std::move(all));
  for (int i = 2; i <= 40; ++i) CHECK(results[static_cast<std::size_t>(i - 2)].has_value() == (i % 3 != 0));
  CHECK(under.run(under.store().find(sample_key(4))).has_value());
  CHECK(under.run(under.store().find(sample_key(3))).has_error());
}

TEMPLATE_TEST_CASE("a rule that throws is one failure and no more", "[registry]", PARLEY_REGISTRY_DATABASES) {
  TestType under;
  REQUIRE(under.run(under.store().create(sample_creation(sample_object(1, "A")))).has_value());
  auto const broken = under.run(under.store().change(
      {sample_key(1)}, [](std::vector<object_state> const&) -> registry_outcome<change_set> {
        throw std::runtime_error("a bug");
      }));
  REQUIRE(broken.has_error());
  CHECK(under.run(under.store().change({sample_key(1)}, appending(2))).has_value());
}
