#include "adapters/storage/postgres_registry.hpp"

#include "adapters/storage/registry_lists.hpp"
#include "adapters/storage/registry_reads.hpp"
#include "adapters/storage/registry_search.hpp"
#include "adapters/storage/registry_writes.hpp"

#include <boost/asio/co_spawn.hpp>

#include <exception>

namespace parley {

namespace asio = boost::asio;

namespace {

constexpr std::size_t connections = 10;
constexpr std::chrono::seconds operation_limit{10};

enum class access { read, write };

// How one try at an operation ended.
template <class T>
struct attempt {
  registry_outcome<T> result = registry_error();
  bool again = false;
};

// A connection with a transaction begun. An idle one may have died unnoticed: nothing was done on it yet, so
// the next one is taken.
asio::awaitable<postgres_pool::lease> begin(postgres_pool& pool, access what) {
  // Reads see one state of the database throughout.
  std::string_view const statement =
      what == access::read ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" : "BEGIN";
  while (true) {
    postgres_pool::lease lease = co_await pool.acquire();
    try {
      co_await lease.connection().run(statement, {});
      co_return lease;
    } catch (sql_error const&) {
      if (lease.is_new()) throw;
    }
  }
}

// Ends the transaction with the operation: kept when it succeeded.
template <class T>
asio::awaitable<attempt<T>> in_transaction(postgres_connection& on, store_operation<T> const& operation) {
  attempt<T> made;
  try {
    made.result = co_await operation(on);
    co_await on.run(made.result ? "COMMIT" : "ROLLBACK", {});
    co_return made;
  } catch (sql_error const& e) {
    made.result = refusal_of(e);
    made.again = is_worth_another_try(e);
  } catch (std::exception const& e) {  // a bug: its caller hears of it
    made.result = registry_error(registry_refusal::unavailable, e.what());
  }
  try {
    co_await on.run("ROLLBACK", {});
  } catch (sql_error const&) {  // the connection is closed when it is given back
  }
  co_return made;
}

template <class T>
asio::awaitable<registry_outcome<T>> perform(postgres_pool& pool, store_operation<T> operation, access what) {
  attempt<T> made;
  for (int tries = 1; tries <= most_tries; ++tries) {
    try {
      postgres_pool::lease const lease = co_await begin(pool, what);
      made = co_await in_transaction(lease.connection(), operation);
    } catch (sql_error const& e) {
      made.result = refusal_of(e);
      made.again = false;
    }
    if (!made.again) break;
  }
  co_return std::move(made.result);
}

asio::awaitable<registry_outcome<void>> read_something(sql_session& s) {
  co_await s.run("SELECT max(version) FROM schema_version", {});
  co_return registry_outcome<void>();
}

asio::awaitable<bool> prepare(postgres_connection& connection, std::string url, registry_clock& clock,
                              bool make, migration_notice notice) {
  co_await connection.connect(std::move(url));
  bool const known = co_await has_schema(connection);
  if (!known && !make) co_return false;
  connection.clear_limit();
  co_await migrate(connection, newest_schema(), std::move(notice));
  micro_time const latest = co_await latest_time(connection);
  clock.observe(latest);
  co_return true;
}

}  // namespace

postgres_registry::postgres_registry(asio::io_context& home, std::string url, registry_clock clock)
    : pool_(home, std::move(url), connections, operation_limit), clock_(std::move(clock)) {}

asio::awaitable<objects_outcome> postgres_registry::create(creation what) {
  store_operation<std::vector<registry_object>> operation = [this, what = std::move(what)](sql_session& s) {
    return create_objects(s, what, clock_);
  };
  return perform(pool_, std::move(operation), access::write);
}

asio::awaitable<objects_outcome> postgres_registry::change(std::vector<object_key> which, change_rule rule) {
  store_operation<std::vector<registry_object>> operation = [this, which = std::move(which),
                                                             rule = std::move(rule)](sql_session& s) {
    return change_objects(s, which, rule, clock_);
  };
  return perform(pool_, std::move(operation), access::write);
}

asio::awaitable<registry_outcome<registry_object>> postgres_registry::find(object_key which) {
  store_operation<registry_object> operation = [which = std::move(which)](sql_session& s) {
    return find_object(s, which);
  };
  return perform(pool_, std::move(operation), access::read);
}

asio::awaitable<registry_outcome<object_page>> postgres_registry::list(list_query query) {
  store_operation<object_page> operation = [query = std::move(query)](sql_session& s) {
    return list_objects(s, query);
  };
  return perform(pool_, std::move(operation), access::read);
}

asio::awaitable<registry_outcome<facet_values>> postgres_registry::values(object_filter of) {
  store_operation<facet_values> operation = [of = std::move(of)](sql_session& s) {
    return find_values(s, of);
  };
  return perform(pool_, std::move(operation), access::read);
}

asio::awaitable<registry_outcome<std::vector<registry_object>>> postgres_registry::search(
    search_query query) {
  store_operation<std::vector<registry_object>> operation = [query = std::move(query)](sql_session& s) {
    return search_objects(s, query);
  };
  return perform(pool_, std::move(operation), access::read);
}

asio::awaitable<registry_outcome<version_page>> postgres_registry::versions(version_query query) {
  store_operation<version_page> operation = [query = std::move(query)](sql_session& s) {
    return find_versions(s, query);
  };
  return perform(pool_, std::move(operation), access::read);
}

asio::awaitable<registry_outcome<void>> postgres_registry::ping() {
  store_operation<void> operation = [](sql_session& s) { return read_something(s); };
  return perform(pool_, std::move(operation), access::read);
}

bool prepare_postgres(std::string const& url, registry_clock& clock, bool make, migration_notice notice) {
  asio::io_context once{1};
  postgres_connection connection(once.get_executor());
  connection.set_limit(std::chrono::seconds(30));
  std::exception_ptr thrown;
  bool is_there = false;
  asio::co_spawn(once, prepare(connection, url, clock, make, std::move(notice)),
                 [&](std::exception_ptr e, bool found) {
                   thrown = e;
                   is_there = found;
                   connection.clear_limit();
                 });
  once.run();
  if (thrown) std::rethrow_exception(thrown);
  return is_there;
}

}  // namespace parley
