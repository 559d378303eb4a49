#include "adapters/storage/migrations.hpp"
#include "adapters/storage/registry_index.hpp"
#include "adapters/storage/registry_writes.hpp"
#include "adapters/storage/sqlite_connection.hpp"
#include "tests/bench/registry_bench.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <nlohmann/json.hpp>

#include <exception>
#include <iostream>

namespace parley::bench {

namespace asio = boost::asio;

namespace {

constexpr int versions = 3;
constexpr int in_a_transaction = 20000;

json_value content(int number, int version) {
  return json_value(nlohmann::json{
      {"objective", "Get a refund for order " + std::to_string(number) + ", two weeks late."},
      {"instructions",
       "Polite at first; insist when refused. Give the order number only when asked. Version " +
           std::to_string(version)},
      {"initial_message_type", "user-message"},
      {"conversation_starts_at", nullptr}});
}

asio::awaitable<void> add_versions(sql_session& s, registry_object const& object, int number) {
  for (int version = 2; version <= versions; ++version)
    co_await s.run(
        "INSERT INTO versions (object, number, content, created_by, created_at) VALUES ($1, $2, $3, $4, $5)",
        with(object.created_at.time_since_epoch().count(), std::int64_t{version},
             content(number, version).dump(), object.created_by,
             object.created_at.time_since_epoch().count()));
}

asio::awaitable<void> fill_some(sql_session& s, registry_clock& clock, int from, int to, int count) {
  co_await s.run("BEGIN", {});
  for (int number = from; number < to; ++number) {
    creation one;
    one.objects.push_back(sample_scenario(number, count));
    auto const made = co_await create_objects(s, one, clock);
    if (!made) throw std::runtime_error(made.error().detail);
    co_await add_versions(s, made->at(0), number);
  }
  co_await s.run("UPDATE objects SET latest_version = 3 WHERE latest_version = 1", {});
  co_await s.run("COMMIT", {});
}

asio::awaitable<void> fill_search(sql_session& s) {
  bool more = true;
  while (more) {
    co_await s.run("BEGIN", {});
    more = co_await index_backlog(s, in_a_transaction);
    co_await s.run("COMMIT", {});
  }
}

asio::awaitable<void> fill_all(sql_session& s, int count) {
  co_await migrate(s);
  registry_clock clock([] { return micro_time(std::chrono::microseconds(1'700'000'000'000'000)); });
  for (int from = 0; from < count; from += in_a_transaction)
    co_await fill_some(s, clock, from, std::min(count, from + in_a_transaction), count);
  co_await fill_search(s);
}

asio::awaitable<void> fill_file(std::string where, int count) {
  sqlite_connection connection(where);
  connection.run_now("PRAGMA journal_mode = WAL");
  connection.run_now("PRAGMA synchronous = OFF");
  connection.run_now("PRAGMA cache_size = -1000000");
  co_await fill_all(connection, count);
}

}  // namespace

std::string id_of(int number) {
  std::string const digits = std::to_string(number);
  return std::string(24 - digits.size(), '0') + digits;
}

new_object sample_scenario(int number, int count) {
  static char const* const words[] = {"late",  "delivery", "refund",  "exchange", "angry", "polite",
                                      "order", "invoice",  "upgrade", "cancel",   "email", "address"};
  new_object made;
  registry_object& object = made.object;
  object.key = object_key("acme", object_kind::scenario, id_of(number));
  object.name = "Scenario " + std::to_string(number);
  for (int i = 1; i <= 3; ++i) object.name += std::string(" ") + words[(number * i + number / 7) % 12];
  object.name += " case " + std::to_string(4000 + number % 20);
  if (number % (count / 60) == 7) object.name += " seldom";
  if (number == 17) object.name += " unique";
  object.name_is_unique = true;
  object.facets = {{"tag:priority", number % 2 == 0 ? "high" : "low"},
                   {"tag:team", "team " + std::to_string(number % 50)}};
  if (number % (count / 60) == 3) object.facets.emplace_back("tag:rare", std::nullopt);
  object.created_by = object.updated_by = "user" + std::to_string(number % 20);
  made.first_version = content(number, 1);
  return made;
}

void fill(std::string const& path, int count) {
  asio::io_context io{1};
  std::exception_ptr thrown;
  auto const done = [&](std::exception_ptr e) { thrown = e; };
  asio::co_spawn(io, fill_file(path, count), done);
  io.run();
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace parley::bench
