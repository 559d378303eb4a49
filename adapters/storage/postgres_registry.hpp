// The registry in a PostgreSQL database, for a team: any number of servers may share it.
#pragma once

#include "adapters/storage/migrations.hpp"
#include "adapters/storage/postgres_pool.hpp"
#include "adapters/storage/store_operation.hpp"
#include "runner/ports/registry_store.hpp"
#include "runner/registry/registry_clock.hpp"

namespace parley {

class postgres_registry final : public registry_store {
 public:
  // The tables exist: see prepare_postgres. `clock` has observed the latest time of the database.
  postgres_registry(boost::asio::io_context& home, std::string url, registry_clock clock);

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
  postgres_pool pool_;
  registry_clock clock_;
};

// Connects once, makes the tables or takes them forward, and lets the clock see the latest time. Blocks for
// at most 30 s until the server answers, and then for as long as that takes. Throws sql_error. False: there
// are no tables, and `make` said to make none.
bool prepare_postgres(std::string const& url, registry_clock& clock, bool make, migration_notice notice);

}  // namespace parley
