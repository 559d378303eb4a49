#include "tests/support/catch.hpp"
#include "tests/support/registry_stores.hpp"

#include <set>

using namespace parley;
using namespace parley::test;

namespace {

template <class Store>
void make_objects(Store& under, int count) {
  for (int i = 1; i <= count; ++i) {
    registry_object object =
        sample_object(i, "N" + std::to_string(i), {{"tag:even", i % 2 == 0 ? "yes" : "no"}});
    object.created_by = i % 3 == 0 ? "bob" : "ann";
    REQUIRE(under.run(under.store().create(without_version(object))).has_value());
  }
}

template <class Store>
std::vector<std::string> walk(Store& under, list_query query, std::function<void(int)> const& between = {}) {
  std::vector<std::string> walked;
  for (int page_number = 1; page_number < 1000; ++page_number) {
    auto const page = under.run(under.store().list(query));
    REQUIRE(page.has_value());
    for (std::string const& name : names_of(page->objects)) walked.push_back(name);
    if (!page->next) return walked;
    query.token = *page->next;
    if (between) between(page_number);
  }
  return walked;
}

sort_key by(sort_key::field field, bool descending) {
  sort_key key;
  key.by = field;
  key.descending = descending;
  return key;
}

using names = std::vector<std::string>;

}  // namespace

TEMPLATE_TEST_CASE("a list is newest first and comes in pages", "[registry]", PARLEY_REGISTRY_STORES) {
  TestType under;
  make_objects(under, 5);
  list_query query = all_of();
  query.limit = 2;
  auto const page = under.run(under.store().list(query));
  REQUIRE(page.has_value());
  CHECK(names_of(page->objects) == names{"N5", "N4"});
  CHECK(page->next.has_value());
  CHECK(walk(under, query) == names{"N5", "N4", "N3", "N2", "N1"});
  query.limit = 5;
  CHECK_FALSE(under.run(under.store().list(query))->next.has_value());
  query.limit = 0;
  CHECK(under.run(under.store().list(query))->objects.empty());
}

TEMPLATE_TEST_CASE("lists are sorted by each key in both directions", "[registry]", PARLEY_REGISTRY_STORES) {
  TestType under;
  for (int i = 1; i <= 6; ++i) {
    registry_object object = sample_object(i, i <= 3 ? "same" : "n" + std::to_string(i));
    object.name_is_unique = false;
    REQUIRE(under.run(under.store().create(without_version(object))).has_value());
  }
  auto const touch = changing([](object_change&) {});
  REQUIRE(under.run(under.store().change({sample_key(2)}, touch)).has_value());
  auto const ids = [&](std::vector<sort_key> order) {
    std::vector<int> numbers;
    list_query query = all_of();
    query.order = std::move(order);
    query.limit = 2;
    while (true) {
      auto const page = under.run(under.store().list(query));
      REQUIRE(page.has_value());
      for (auto const& object : page->objects) numbers.push_back(std::stoi(object.key.id));
      if (!page->next) return numbers;
      query.token = *page->next;
    }
  };
  using f = sort_key::field;
  using numbers = std::vector<int>;
  CHECK(ids({by(f::created_at, false)}) == numbers{1, 2, 3, 4, 5, 6});
  CHECK(ids({by(f::created_at, true), by(f::name, true)}) == numbers{6, 5, 4, 3, 2, 1});
  CHECK(ids({by(f::updated_at, true)}) == numbers{2, 6, 5, 4, 3, 1});
  CHECK(ids({by(f::updated_at, false)}) == numbers{1, 3, 4, 5, 6, 2});
  CHECK(ids({by(f::name, false)}) == numbers{4, 5, 6, 1, 2, 3});
  CHECK(ids({by(f::name, true)}) == numbers{3, 2, 1, 6, 5, 4});
  CHECK(ids({by(f::name, false), by(f::created_at, true)}) == numbers{4, 5, 6, 3, 2, 1});
  CHECK(ids({by(f::name, false), by(f::updated_at, false)}) == numbers{4, 5, 6, 1, 3, 2});
  CHECK(ids({by(f::name, true), by(f::name, false), by(f::updated_at, true)}) == numbers{2, 3, 1, 6, 5, 4});
}

TEMPLATE_TEST_CASE("names are ordered by their bytes", "[registry]", PARLEY_REGISTRY_STORES) {
  TestType under;
  int number = 0;
  names const all{"b", "A", "ä", "a", "B", "😀", "_", "a b"};
  for (std::string const& name : all)
    REQUIRE(under.run(under.store().create(without_version(sample_object(++number, name)))).has_value());
  list_query query = all_of();
  query.order = {by(sort_key::field::name, false)};
  CHECK(walk(under, query) == names{"A", "B", "_", "a", "a b", "b", "ä", "😀"});
}

TEMPLATE_TEST_CASE("what exists throughout a walk is met once while others are created and renamed",
                   "[registry]", PARLEY_REGISTRY_STORES) {
  using f = sort_key::field;
  for (sort_key const& key : {by(f::created_at, true), by(f::created_at, false), by(f::name, true),
                              by(f::name, false), by(f::updated_at, true), by(f::updated_at, false)}) {
    TestType under;
    make_objects(under, 9);
    list_query query = all_of();
    query.limit = 2;
    query.order = {key};
    auto const walked = walk(under, query, [&](int page) {
      if (page > 6) return;
      for (std::string const& name : {"M" + std::to_string(page), "O" + std::to_string(page)})
        REQUIRE(under
                    .run(under.store().create(
                        without_version(sample_object(100 * page + (name[0] == 'M' ? 0 : 1), name))))
                    .has_value());
    });
    std::multiset<std::string> const met(walked.begin(), walked.end());
    for (int i = 1; i <= 9; ++i) CHECK(met.count("N" + std::to_string(i)) == 1);
  }
}

TEMPLATE_TEST_CASE("a token that is of no object of the list is refused where it names one", "[registry]",
                   PARLEY_REGISTRY_STORES) {
  TestType under;
  make_objects(under, 2);
  registry_object foreign = sample_object(7, "secret");
  foreign.key.organization = "other";
  auto const made = under.run(under.store().create(without_version(foreign)));
  list_query query = all_of();
  query.order = {by(sort_key::field::name, false)};
  query.token = made->at(0).created_at.time_since_epoch().count();
  auto const page = under.run(under.store().list(query));
  REQUIRE(page.has_error());
  CHECK(page.error().code == registry_refusal::invalid);
  query.order.clear();
  query.token = 1;
  CHECK(under.run(under.store().list(query))->objects.empty());
}

TEMPLATE_TEST_CASE("filters hold together", "[registry]", PARLEY_REGISTRY_STORES) {
  TestType under;
  make_objects(under, 7);
  auto const erase = changing([](object_change& c) { c.after.is_deleted = true; });
  REQUIRE(under.run(under.store().change({sample_key(6)}, erase)).has_value());
  auto const filtered = [&](std::function<void(object_filter&)> const& how) {
    list_query query = all_of();
    how(query.filter);
    query.limit = 2;
    return walk(under, query);
  };
  facet_filter const even{"tag:even", facet_filter::match::value, {"yes"}};
  CHECK(filtered([&](auto& f) { f.facets = {even}; }) == names{"N6", "N4", "N2"});
  CHECK(filtered([&](auto& f) { f.creators = {"bob"}; }) == names{"N6", "N3"});
  CHECK(filtered([&](auto& f) {
          f.creators = {"bob", "ann"};
        }) == names{"N7", "N6", "N5", "N4", "N3", "N2", "N1"});
  CHECK(filtered([&](auto& f) { f.creators = {"eve"}; }).empty());
  CHECK(filtered([&](auto& f) { f.is_deleted = true; }) == names{"N6"});
  CHECK(filtered([&](auto& f) { f.is_deleted = false, f.creators = {"bob"}; }) == names{"N3"});
  CHECK(filtered([&](auto& f) { f.facets = {even}, f.creators = {"ann"}; }) == names{"N4", "N2"});
  CHECK(filtered([&](auto& f) { f.ids = {sample_id(2), sample_id(99), sample_id(5)}; }) == names{"N5", "N2"});
  CHECK(filtered([&](auto& f) { f.ids = {sample_id(2), sample_id(5)}, f.facets = {even}; }) == names{"N2"});
  auto const third = under.run(under.store().find(sample_key(3)))->created_at;
  CHECK(filtered([&](auto& f) { f.created_after = third; }) == names{"N7", "N6", "N5", "N4"});
  CHECK(filtered([&](auto& f) { f.created_before = third, f.facets = {even}; }) == names{"N2"});
}

TEMPLATE_TEST_CASE("a facet is matched by any value, null, or one of several values", "[registry]",
                   PARLEY_REGISTRY_STORES) {
  TestType under;
  int number = 0;
  std::vector<std::vector<facet>> const all{{{"tag:a", "1"}}, {{"tag:a", std::nullopt}},
                                            {{"tag:a", ""}},  {{"ref", "x"}, {"ref", "y"}},
                                            {{"tag:a", "*"}}, {}};
  for (auto const& facets : all) {
    ++number;
    REQUIRE(
        under
            .run(under.store().create(without_version(sample_object(number, std::to_string(number), facets))))
            .has_value());
  }
  auto const matching = [&](facet_filter filter) {
    list_query query = all_of();
    query.filter.facets = {std::move(filter)};
    return walk(under, query);
  };
  using m = facet_filter::match;
  CHECK(matching({"tag:a", m::any_value, {}}) == names{"5", "3", "2", "1"});
  CHECK(matching({"tag:a", m::value, {std::nullopt}}) == names{"2"});
  CHECK(matching({"tag:a", m::value, {"", "1"}}) == names{"3", "1"});
  CHECK(matching({"tag:a", m::value, {"*"}}) == names{"5"});
  CHECK(matching({"ref", m::value, {"x", "y"}}) == names{"4"});
  CHECK(matching({"ref", m::value, {}}).empty());
  CHECK(matching({"nothing", m::any_value, {}}).empty());
}

TEMPLATE_TEST_CASE("values are the distinct ones under the filter", "[registry]", PARLEY_REGISTRY_STORES) {
  TestType under;
  registry_object a = sample_object(1, "A", {{"tag:x", "1"}, {"tag:y", std::nullopt}, {"role", "customer"}});
  registry_object b = sample_object(2, "B", {{"tag:x", "2"}, {"role", "agent"}, {"other", "z"}});
  b.created_by = "bob";
  registry_object c = sample_object(3, "C", {{"tag:z", "1"}});
  c.created_by = "eve";
  for (auto const& object : {a, b, c})
    REQUIRE(under.run(under.store().create(without_version(object))).has_value());
  auto const erase = changing([](object_change& change) { change.after.is_deleted = true; });
  REQUIRE(under.run(under.store().change({sample_key(3)}, erase)).has_value());

  object_filter filter = all_of().filter;
  auto const all = *under.run(under.store().values(filter));
  CHECK(all.creators == names{"ann", "bob", "eve"});
  CHECK(all.tags == names{"x", "y", "z"});
  CHECK(all.roles == names{"agent", "customer"});
  filter.is_deleted = false;
  CHECK(under.run(under.store().values(filter))->creators == names{"ann", "bob"});
  filter.facets = {{"role", facet_filter::match::value, {"agent"}}};
  auto const agents = *under.run(under.store().values(filter));
  CHECK(agents.creators == names{"bob"});
  CHECK(agents.tags == names{"x"});
  CHECK(agents.roles == names{"agent"});
  filter.organization = "other";
  CHECK(under.run(under.store().values(filter))->creators.empty());
}
