// More objects than a database looks at one by one, asked of a database and of the memory beside it.
#include "tests/support/catch.hpp"
#include "tests/support/registry_stores.hpp"

using namespace parley;
using namespace parley::test;

namespace {

constexpr int count = 3300;  // three blocks of what PostgreSQL searches by, and some of a sample

registry_object object_of_many(int number) {
  registry_object object = sample_object(number, "case " + std::to_string(number * 37 % count));
  if (number % 2 == 0) object.name += " refund";
  if (number % 400 == 5) object.name += " seldom";
  object.facets = {{"tag:half", std::to_string(number % 2)}, {"tag:few", std::to_string(number % 100)}};
  if (number % 3 == 0) object.facets.emplace_back("tag:third", std::nullopt);
  if (number % 1000 == 1) object.facets.emplace_back("role", "agent");
  object.created_by = object.updated_by = "user" + std::to_string(number % 4);
  object.is_deleted = number % 10 == 4;
  return object;
}

facet_filter tag(std::string name, std::string value) {
  return {"tag:" + name, facet_filter::match::value, {std::move(value)}};
}

std::vector<object_filter> filters() {
  std::vector<object_filter> all(1, all_of().filter);
  auto const add = [&](auto const& how) { how(all.emplace_back(all_of().filter)); };
  add([](object_filter& f) { f.facets = {tag("half", "1")}; });
  add([](object_filter& f) { f.facets = {tag("few", "7")}; });
  add([](object_filter& f) { f.facets = {tag("half", "1"), tag("few", "8")}; });
  add([](object_filter& f) {
    f.facets = {{"tag:third", facet_filter::match::any_value, {}}, tag("half", "0")};
  });
  add([](object_filter& f) { f.creators = {"user1", "user2"}; });
  add([](object_filter& f) { f.creators = {"user1"}, f.is_deleted = false; });
  add([](object_filter& f) { f.creators = {"user1"}, f.facets = {tag("half", "0")}; });
  add([](object_filter& f) { f.is_deleted = true; });
  add([](object_filter& f) { f.is_deleted = false, f.facets = {tag("half", "0")}; });
  return all;
}

void compare(store_under_test& under, memory_registry& model, object_filter const& filter) {
  using f = sort_key::field;
  for (f const field : {f::created_at, f::updated_at, f::name})
    for (bool const descending : {false, true}) {
      list_query query;
      query.filter = filter;
      query.limit = 40;
      query.order.resize(1);
      query.order[0].by = field;
      query.order[0].descending = descending;
      for (int pages = 0; pages < 3; ++pages) {
        auto const page = under.run(under.store().list(query));
        auto const expected = under.run(model.list(query));
        REQUIRE(names_of(page->objects) == names_of(expected->objects));
        REQUIRE(page->next == expected->next);
        query.token = page->next.value_or(0);
        if (query.token == 0) break;
      }
    }
  auto const values = under.run(under.store().values(filter));
  auto const expected = under.run(model.values(filter));
  CHECK(values->creators == expected->creators);
  CHECK(values->tags == expected->tags);
  CHECK(values->roles == expected->roles);
  for (char const* text :
       {"case", "refund", "case 12", "seldom", "1234 refund", "fun", "ef", "case 37", "9"}) {
    INFO(text);
    search_query search;
    search.filter = filter;
    search.text = text;
    CHECK(names_of(*under.run(under.store().search(search))) == names_of(*under.run(model.search(search))));
  }
}

}  // namespace

TEMPLATE_TEST_CASE("many objects are found like few", "[registry]", sqlite_store, settled_sqlite_store,
                   postgres_store) {
  TestType under;
  memory_registry model(under.clock());
  registry_store& store = under.store();
  creation some;
  for (int number = 1; number <= count; ++number) {
    some.objects.emplace_back();
    some.objects.back().object = object_of_many(number);
    some.objects.back().object.name_is_unique = false;
    if (number % 100 != 0) continue;
    REQUIRE(under.run(store.create(some)).has_value());
    REQUIRE(under.run(model.create(some)).has_value());
    some.objects.clear();
  }
  auto const all_filters = filters();
  for (std::size_t i = 0; i < all_filters.size(); ++i) {
    INFO("filter " << i);
    compare(under, model, all_filters[i]);
  }
}
