#include "adapters/storage/sqlite_registry.hpp"

#include "adapters/storage/registry_index.hpp"
#include "adapters/storage/registry_lists.hpp"
#include "adapters/storage/registry_reads.hpp"
#include "adapters/storage/registry_search.hpp"
#include "adapters/storage/registry_writes.hpp"

#include <boost/asio/co_spawn.hpp>

#include <exception>

namespace parley {

namespace asio = boost::asio;

namespace {

std::unique_ptr<sqlite_connection> opened(std::string const& path) {
  auto connection = std::make_unique<sqlite_connection>(path);
  connection->run_now("PRAGMA journal_mode = WAL");
  connection->run_now("PRAGMA synchronous = FULL");
  connection->run_now("PRAGMA cache_size = -65536");
  connection->run_now("PRAGMA mmap_size = 1073741824");
  connection->run_now("PRAGMA temp_store = MEMORY");
  connection->run_now("PRAGMA wal_autocheckpoint = 4000");
  return connection;
}

asio::awaitable<void> prepare(sqlite_connection& connection, registry_clock& clock, migration_notice notice) {
  co_await migrate(connection, newest_schema(), std::move(notice));
  micro_time const latest = co_await latest_time(connection);
  clock.observe(latest);
}

asio::awaitable<registry_outcome<void>> read_something(sql_session& s) {
  co_await s.run("SELECT max(version) FROM schema_version", {});
  co_return registry_outcome<void>();
}

}  // namespace

sqlite_registry::sqlite_registry(asio::io_context& home, std::string const& path,
                                 std::function<micro_time()> now, settings how)
    : clock_(std::move(now)) {
  auto writer = opened(path);
  asio::io_context once{1};
  std::exception_ptr thrown;
  asio::co_spawn(once, prepare(*writer, clock_, how.notice), [&](std::exception_ptr e) { thrown = e; });
  once.run();
  if (thrown) std::rethrow_exception(thrown);
  auto reader = opened(path);
  reader->run_now("PRAGMA query_only = 1");
  sqlite_lane::spare_work spare{[](sql_session& s, std::size_t at_most) { return index_backlog(s, at_most); },
                                how.search_backlog};
  writes_ = std::make_unique<sqlite_lane>(home, std::move(writer), sqlite_lane::use::writes,
                                          how.writes_together, std::move(spare));
  reads_ = std::make_unique<sqlite_lane>(home, std::move(reader), sqlite_lane::use::reads);
}

asio::awaitable<objects_outcome> sqlite_registry::create(creation what) {
  return writes_->perform<std::vector<registry_object>>(
      [this, what = std::move(what)](sql_session& s) { return create_objects(s, what, clock_); });
}

asio::awaitable<objects_outcome> sqlite_registry::change(std::vector<object_key> which, change_rule rule) {
  return writes_->perform<std::vector<registry_object>>(
      [this, which = std::move(which), rule = std::move(rule)](sql_session& s) {
        return change_objects(s, which, rule, clock_);
      });
}

asio::awaitable<registry_outcome<registry_object>> sqlite_registry::find(object_key which) {
  return reads_->perform<registry_object>(
      [which = std::move(which)](sql_session& s) { return find_object(s, which); });
}

asio::awaitable<registry_outcome<object_page>> sqlite_registry::list(list_query query) {
  return reads_->perform<object_page>(
      [query = std::move(query)](sql_session& s) { return list_objects(s, query); });
}

asio::awaitable<registry_outcome<facet_values>> sqlite_registry::values(object_filter of) {
  return reads_->perform<facet_values>([of = std::move(of)](sql_session& s) { return find_values(s, of); });
}

asio::awaitable<registry_outcome<std::vector<registry_object>>> sqlite_registry::search(search_query query) {
  return reads_->perform<std::vector<registry_object>>(
      [query = std::move(query)](sql_session& s) { return search_objects(s, query); });
}

asio::awaitable<registry_outcome<version_page>> sqlite_registry::versions(version_query query) {
  return reads_->perform<version_page>(
      [query = std::move(query)](sql_session& s) { return find_versions(s, query); });
}

asio::awaitable<registry_outcome<void>> sqlite_registry::ping() {
  return reads_->perform<void>([](sql_session& s) { return read_something(s); });
}

}  // namespace parley
