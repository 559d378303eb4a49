#include "adapters/storage/open_registry.hpp"

#include "adapters/storage/postgres_registry.hpp"
#include "adapters/storage/sqlite_registry.hpp"

#include <filesystem>

namespace parley {

namespace {

micro_time system_time() {
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

outcome<std::unique_ptr<registry_store>> open_file(std::string const& path, boost::asio::io_context& home,
                                                   std::function<micro_time()> now) {
  std::error_code error;
  auto const folder = std::filesystem::path(path).parent_path();
  if (!folder.empty()) std::filesystem::create_directories(folder, error);
  if (error)
    return failure(failure_code::unreadable, "making the folder of " + path + ": " + error.message());
  try {
    return std::make_unique<sqlite_registry>(home, path, std::move(now), sqlite_registry::settings());
  } catch (sql_error const& e) {
    return failure(failure_code::unreadable, "opening the registry " + path + ": " + e.what());
  }
}

// What libpq says of a URL's server holds no password; the URL may.
outcome<std::unique_ptr<registry_store>> open_server(std::string const& url, boost::asio::io_context& home,
                                                     std::function<micro_time()> now) {
  try {
    registry_clock clock(std::move(now));
    prepare_postgres(url, clock);
    return std::make_unique<postgres_registry>(home, url, std::move(clock));
  } catch (sql_error const& e) {
    return failure(failure_code::unreadable, std::string("opening the registry in PostgreSQL: ") + e.what());
  }
}

}  // namespace

outcome<std::unique_ptr<registry_store>> open_registry(std::string const& where,
                                                       boost::asio::io_context& home,
                                                       std::function<micro_time()> now) {
  if (!now) now = system_time;
  if (where.starts_with("postgres://") || where.starts_with("postgresql://"))
    return open_server(where, home, std::move(now));
  return open_file(where, home, std::move(now));
}

}  // namespace parley
