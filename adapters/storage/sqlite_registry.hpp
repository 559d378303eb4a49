// The registry in a SQLite file: WAL, synchronous, one thread that writes and one that reads, so that no read
// waits for the disk. Other processes may use the file at the same time.
#pragma once

#include "adapters/storage/migrations.hpp"
#include "adapters/storage/sqlite_lane.hpp"
#include "runner/ports/registry_store.hpp"
#include "runner/registry/registry_clock.hpp"

#include <string>

namespace parley {

class sqlite_registry final : public registry_store {
 public:
  struct settings {
    std::size_t writes_together = 1000;  // operations per transaction
    migration_notice notice;
    std::size_t search_backlog = 30000;  // objects beside the search index, which searches look at one by one
  };

  // Makes the file and its tables. Lives on `home`, which outlives it. Throws sql_error.
  sqlite_registry(boost::asio::io_context& home, std::string const& path, std::function<micro_time()> now,
                  settings how);

  boost::asio::awaitable<registry_outcome<std::vector<registry_object>>> create(creation what) override;
  boost::asio::awaitable<registry_outcome<std::vector<registry_object>>> change(std::vector<object_key> which,
                                                                                change_rule rule) override;
  boost::asio::awaitable<registry_outcome<registry_object>> find(object_key which) override;
  boost::asio::awaitable<registry_outcome<object_page>> list(list_query query) override;
  boost::asio::awaitable<registry_outcome<facet_values>> values(object_filter of) override;
  boost::asio::awaitable<registry_outcome<std::vector<registry_object>>> search(search_query query) override;
  boost::asio::awaitable<registry_outcome<version_page>> versions(version_query query) override;
  boost::asio::awaitable<registry_outcome<void>> ping() override;

 private:
  registry_clock clock_;  // the writing thread's
  std::unique_ptr<sqlite_lane> writes_;
  std::unique_ptr<sqlite_lane> reads_;
};

}  // namespace parley
