// Objects that SQLite's search index takes in later.
#include "adapters/storage/sqlite_connection.hpp"
#include "adapters/storage/sqlite_registry.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/registry_stores.hpp"

using namespace parley;
using namespace parley::test;

namespace {

using names = std::vector<std::string>;

names found(store_under_test& under, registry_store& store, std::string text) {
  search_query query;
  query.filter = all_of().filter;
  query.text = std::move(text);
  return names_of(*under.run(store.search(query)));
}

}  // namespace

TEST_CASE("what a stopped server left beside its search index is taken in by the next", "[registry]") {
  settled_sqlite_store under;
  registry_store& store = under.store();
  for (int i = 0; i < 300; ++i)
    REQUIRE(under.run(store.create(sample_creation(sample_object(i, "refund " + std::to_string(i)))))
                .has_value());
  under.reopen();
  CHECK(found(under, under.store(), "refund 29").size() == 11);  // store() waits for the index
}

TEST_CASE("an object that changes is found by what it is now, in the search index and beside it",
          "[registry]") {
  settled_sqlite_store under;
  REQUIRE(under.run(under.store().create(sample_creation(sample_object(1, "early")))).has_value());
  registry_store& store = under.store();
  REQUIRE(under.run(store.create(sample_creation(sample_object(2, "late")))).has_value());
  auto const rename = [&](int number, std::string name) {
    auto const rule = changing([&](object_change& change) { change.after.name = name; });
    REQUIRE(under.run(store.change({sample_key(number)}, rule)).has_value());
  };
  rename(1, "refund one");
  rename(2, "refund two");
  CHECK(found(under, store, "refund") == names{"refund two", "refund one"});
  CHECK(found(under, store, "late").empty());
  registry_store& settled = under.store();
  CHECK(found(under, settled, "refund") == names{"refund two", "refund one"});
  CHECK(found(under, settled, "late").empty());
  CHECK(found(under, settled, "early").empty());
}

TEST_CASE("nothing stays beside the search index that there is no room for", "[registry]") {
  sqlite_store under;
  std::string const path = under.where() + ".small";
  sqlite_registry::settings how;
  how.writes_together = 1;
  how.search_backlog = 2;
  sqlite_registry store(under.io, path, under.clock(), how);
  std::vector<boost::asio::awaitable<registry_outcome<std::vector<registry_object>>>> calls;
  for (int i = 0; i < 50; ++i)
    calls.push_back(store.create(sample_creation(sample_object(i, "refund " + std::to_string(i)))));
  for (auto const& made : under.run_all(std::move(calls))) REQUIRE(made.has_value());
  sqlite_connection beside(path);  // nobody was quiet for long enough to begin with it
  CHECK(beside.run_now("SELECT count(*) FROM search_backlog").number(0, 0) <= 4);
}
