#include "adapters/storage/open_registry.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/postgres_server.hpp"
#include "tests/support/registry_stores.hpp"

#include <chrono>
#include <thread>

using namespace parley;
using namespace parley::test;

namespace {

using clock = std::chrono::steady_clock;

bool is_back(boost::asio::io_context& io, registry_store& store) {
  auto const until = clock::now() + std::chrono::seconds(20);
  while (clock::now() < until) {
    if (run_on(io, store.ping())) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));  // as a client that asks again
  }
  return false;
}

}  // namespace

TEST_CASE("PostgreSQL may go and come back: unavailable meanwhile, then as before", "[registry]") {
  postgres_server server;
  boost::asio::io_context io;
  auto const opened = open_registry(server.url(), io);
  REQUIRE(opened.has_value());
  registry_store& store = **opened;
  REQUIRE(run_on(io, store.create(sample_creation(sample_object(1, "A")))).has_value());
  server.stop();
  for (int i = 0; i < 5; ++i) {
    auto const began = clock::now();
    auto const found = run_on(io, store.find(sample_key(1)));
    REQUIRE(found.has_error());
    CHECK(found.error().code == registry_refusal::unavailable);
    CHECK(run_on(io, store.create(sample_creation(sample_object(2, "B")))).error().code ==
          registry_refusal::unavailable);
    CHECK(clock::now() - began < std::chrono::seconds(3));
  }
  server.start();
  REQUIRE(is_back(io, store));
  CHECK(run_on(io, store.find(sample_key(1))).has_value());
  CHECK(run_on(io, store.create(sample_creation(sample_object(3, "C")))).has_value());
}

TEST_CASE("connections that the server closed are replaced unnoticed", "[registry]") {
  postgres_store under;
  std::vector<boost::asio::awaitable<registry_outcome<std::vector<registry_object>>>> calls;
  for (int i = 1; i <= 30; ++i)
    calls.push_back(under.store().create(sample_creation(sample_object(i, std::to_string(i)))));
  auto const made = under.run_all(std::move(calls));
  CHECK(made.size() == 30);
  run_on_postgres(
      under.where(),
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = "
      "current_database()");
  for (int i = 1; i <= 30; ++i) CHECK(under.run(under.store().find(sample_key(i))).has_value());
}

TEST_CASE("a transaction that another one locks out ends in time and takes nothing with it", "[registry]") {
  postgres_store under;
  REQUIRE(under.run(under.store().create(sample_creation(sample_object(1, "A")))).has_value());
  auto const other = under.another();
  std::vector<boost::asio::awaitable<registry_outcome<std::vector<registry_object>>>> calls;
  for (int i = 0; i < 40; ++i) {
    auto const rename = changing([i](object_change& c) { c.after.name = "name " + std::to_string(i); });
    calls.push_back((i % 2 == 0 ? *other : under.store()).change({sample_key(1)}, rename));
  }
  for (auto const& changed : under.run_all(std::move(calls))) CHECK(changed.has_value());
}
