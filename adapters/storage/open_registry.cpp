#include "adapters/storage/open_registry.hpp"

#include "adapters/storage/postgres_registry.hpp"
#include "adapters/storage/sqlite_registry.hpp"

#include <boost/asio/co_spawn.hpp>

#include <exception>
#include <filesystem>

namespace parley {

namespace {

micro_time system_time() {
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

// Looks without making or changing the file. Throws sql_error.
bool is_registry(std::string const& path) {
  std::error_code unknown;
  if (!std::filesystem::exists(path, unknown)) return false;
  sqlite_connection connection(path);
  boost::asio::io_context once{1};
  std::exception_ptr thrown;
  bool found = false;
  boost::asio::co_spawn(once, has_schema(connection), [&](std::exception_ptr e, bool known) {
    thrown = e;
    found = known;
  });
  once.run();
  if (thrown) std::rethrow_exception(thrown);
  return found;
}

outcome<std::unique_ptr<registry_store>> open_file(std::string const& path, boost::asio::io_context& home,
                                                   std::function<micro_time()> now, when_missing missing,
                                                   migration_notice notice) {
  try {
    if (missing == when_missing::refuse && !is_registry(path))
      return failure(failure_code::invalid_input, "there is no registry at " + path);
  } catch (sql_error const& e) {
    return failure(failure_code::unreadable, "opening the registry " + path + ": " + e.what());
  }
  std::error_code error;
  auto const folder = std::filesystem::path(path).parent_path();
  if (!folder.empty()) std::filesystem::create_directories(folder, error);
  if (error)
    return failure(failure_code::unreadable, "making the folder of " + path + ": " + error.message());
  try {
    sqlite_registry::settings how;
    how.notice = std::move(notice);
    return std::make_unique<sqlite_registry>(home, path, std::move(now), how);
  } catch (sql_error const& e) {
    return failure(failure_code::unreadable, "opening the registry " + path + ": " + e.what());
  }
}

// What libpq says of a URL's server holds no password; the URL may.
outcome<std::unique_ptr<registry_store>> open_server(std::string const& url, boost::asio::io_context& home,
                                                     std::function<micro_time()> now, when_missing missing,
                                                     migration_notice notice) {
  try {
    registry_clock clock(std::move(now));
    if (!prepare_postgres(url, clock, missing == when_missing::make, std::move(notice)))
      return failure(failure_code::invalid_input, "there is no registry in this PostgreSQL database");
    return std::make_unique<postgres_registry>(home, url, std::move(clock));
  } catch (sql_error const& e) {
    return failure(failure_code::unreadable, std::string("opening the registry in PostgreSQL: ") + e.what());
  }
}

}  // namespace

outcome<std::unique_ptr<registry_store>> open_registry(std::string const& where,
                                                       boost::asio::io_context& home,
                                                       std::function<micro_time()> now, when_missing missing,
                                                       migration_notice notice) {
  if (!now) now = system_time;
  if (where.starts_with("postgres://") || where.starts_with("postgresql://"))
    return open_server(where, home, std::move(now), missing, std::move(notice));
  return open_file(where, home, std::move(now), missing, std::move(notice));
}

}  // namespace parley
