#include "adapters/storage/migrations.hpp"

#include "adapters/storage/open_registry.hpp"
#include "adapters/storage/postgres_connection.hpp"
#include "adapters/storage/registry_index.hpp"
#include "adapters/storage/sqlite_connection.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/postgres_server.hpp"
#include "tests/support/registry_stores.hpp"

#include <boost/asio/this_coro.hpp>

using namespace parley;
using namespace parley::test;

namespace {

// A place for a database, and a session in it.
struct sqlite_place {
  std::string where() const { return (folder.path() / "registry.db").string(); }
  boost::asio::awaitable<std::unique_ptr<sql_session>> session() const {
    co_return std::make_unique<sqlite_connection>(where());
  }
  temporary_folder folder;
};

struct postgres_place {
  std::string where() const { return database.url(); }
  boost::asio::awaitable<std::unique_ptr<sql_session>> session() const {
    auto made = std::make_unique<postgres_connection>(co_await boost::asio::this_coro::executor);
    co_await made->connect(where());
    co_return made;
  }
  postgres_database database;
};

// What a program of that version had written.
boost::asio::awaitable<void> write_as_of(sql_session& s, int version) {
  co_await migrate(s, version);
  if (version == 0) co_return;
  co_await s.run("INSERT INTO collections (organization, kind) VALUES ('acme', 'scenario')", {});
  co_await s.run(
      "INSERT INTO objects (created_at, collection, id, name, name_is_unique, searched_text, facets, body, "
      "is_deleted, latest_version, created_by, updated_by, updated_at) VALUES (1000, 1, $1, 'Late refund', "
      "1, '', "
      "'[]', '{}', 0, 1, 'ann', 'ann', 1000)",
      with(sample_id(1)));
  co_await s.run(
      "INSERT INTO versions (object, number, content, created_by, created_at) VALUES (1000, 1, '{}', 'ann', "
      "1000)",
      {});
  if (!s.is_sqlite() && (version == 2 || version == 3))  // they searched by trigrams
    co_await s.run("ALTER TABLE objects ADD COLUMN marked TEXT COLLATE \"C\" NOT NULL DEFAULT 'x'", {});
  // What the second version of SQLite's index knew is made anew, as is PostgreSQL's before the fourth. Before
  // the fifth, SQLite's had no backlog.
  if (version < (s.is_sqlite() ? 3 : 4)) co_return;
  if (s.is_sqlite() && version < 5) co_return co_await index_every_object(s);
  registry_object written;
  written.key = sample_key(1);
  written.name = "Late refund";
  written.created_by = "ann";
  written.created_at = micro_time(std::chrono::microseconds(1000));
  co_await add_to_index(s, 1, written);
}

template <class Place>
boost::asio::awaitable<void> make_database(Place const& place, int version) {
  auto const session = co_await place.session();
  co_await write_as_of(*session, version);
}

template <class Place>
boost::asio::awaitable<void> pretend_newer(Place const& place) {
  auto const session = co_await place.session();
  co_await migrate(*session);
  co_await session->run("INSERT INTO schema_version (version) VALUES (9999)", {});
}

}  // namespace

TEMPLATE_TEST_CASE("a database of every earlier version is taken forward with what it holds", "[registry]",
                   sqlite_place, postgres_place) {
  for (int version = 0; version <= newest_schema(); ++version) {
    INFO("from version " << version);
    TestType const place;
    run_to_end(make_database(place, version));
    boost::asio::io_context io;
    std::vector<int> told;
    auto const notice = [&](int from, int to) { told = {from, to}; };
    auto const opened = open_registry(place.where(), io, {}, when_missing::make, notice);
    REQUIRE(opened.has_value());
    CHECK(told == (version == 0 || version == newest_schema() ? std::vector<int>()
                                                              : std::vector<int>{version, newest_schema()}));
    registry_store& store = **opened;
    auto const made = run_on(io, store.create(sample_creation(sample_object(2, "refunded"))));
    REQUIRE(made.has_value());
    CHECK(made->at(0).created_at > micro_time(std::chrono::microseconds(1000)));
    search_query search;
    search.filter = all_of().filter;
    search.text = "refund";
    auto const expected = version == 0 ? std::vector<std::string>{"refunded"}
                                       : std::vector<std::string>{"refunded", "Late refund"};
    CHECK(names_of(*run_on(io, store.search(search))) == expected);
    if (version > 0) CHECK(run_on(io, store.find(sample_key(1)))->name == "Late refund");
  }
}

TEMPLATE_TEST_CASE("a database made by a newer program is refused with what to do", "[registry]",
                   sqlite_place, postgres_place) {
  TestType const place;
  run_to_end(pretend_newer(place));
  boost::asio::io_context io;
  auto const opened = open_registry(place.where(), io);
  REQUIRE(opened.has_error());
  CHECK(opened.error().detail.find("schema 9999") != std::string::npos);
  CHECK(opened.error().detail.find("newer program") != std::string::npos);
}

TEMPLATE_TEST_CASE("opening again changes nothing", "[registry]", sqlite_place, postgres_place) {
  TestType const place;
  boost::asio::io_context io;
  auto first = open_registry(place.where(), io);
  REQUIRE(first.has_value());
  REQUIRE(run_on(io, (*first)->create(sample_creation(sample_object(1, "A")))).has_value());
  auto second = open_registry(place.where(), io);
  REQUIRE(second.has_value());
  CHECK(run_on(io, (*second)->find(sample_key(1))).has_value());
}

TEMPLATE_TEST_CASE("whoever only looks makes no registry", "[registry]", sqlite_place, postgres_place) {
  TestType const place;
  boost::asio::io_context io;
  for (int round = 0; round < 2; ++round) {  // the first has left nothing behind
    auto const refused = open_registry(place.where(), io, {}, when_missing::refuse);
    REQUIRE(refused.has_error());
    CHECK(refused.error().code == failure_code::invalid_input);
    CHECK(refused.error().detail.starts_with("there is no registry"));
  }
  REQUIRE(open_registry(place.where(), io).has_value());
  CHECK(open_registry(place.where(), io, {}, when_missing::refuse).has_value());
}

TEST_CASE("another program's database is no registry and stays as it is") {
  sqlite_place const place;
  {
    sqlite_connection other(place.where());
    other.run_now("CREATE TABLE notes (text)");
  }
  boost::asio::io_context io;
  CHECK(open_registry(place.where(), io, {}, when_missing::refuse).has_error());
  sqlite_connection other(place.where());
  CHECK(other.run_now("SELECT name FROM sqlite_master").size() == 1);
}

TEST_CASE("what is no database is refused by name") {
  temporary_folder folder;
  boost::asio::io_context io;
  auto const text = open_registry(folder.write("notes.txt", std::string(5000, 'x')), io);
  REQUIRE(text.has_error());
  CHECK(text.error().detail.find("not a database") != std::string::npos);
  CHECK(open_registry(folder.path().string(), io).has_error());
  CHECK(open_registry(folder.path().string() + "/notes.txt/registry.db", io).has_error());
  auto const nowhere = open_registry("postgresql://nobody:secret@127.0.0.1:1/none", io);
  REQUIRE(nowhere.has_error());
  CHECK(nowhere.error().detail.find("PostgreSQL") != std::string::npos);
  CHECK(nowhere.error().detail.find("secret") == std::string::npos);
  CHECK(open_registry("postgresql://%%%", io).has_error());
  auto const looked = open_registry(folder.write("notes.txt", "words"), io, {}, when_missing::refuse);
  REQUIRE(looked.has_error());
  CHECK(looked.error().code == failure_code::unreadable);
}
