#include "tests/support/postgres_server.hpp"

#include "adapters/storage/postgres_connection.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/project_paths.hpp"
#include "tests/support/run_coroutine.hpp"

#include <boost/asio/this_coro.hpp>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <random>
#include <stdexcept>

namespace parley::test {

namespace {

std::string unique_name() {
  static int count = 0;
  return "parley_" + std::to_string(::getpid()) + "_" + std::to_string(++count) + "_" +
         std::to_string(std::random_device()());
}

std::string url_in(std::string const& folder, std::string const& database) {
  return "postgresql://parley@/" + database + "?host=" + folder;
}

std::string shared_folder_url(std::string const& database) {
  if (char const* folder = std::getenv("PARLEY_TEST_POSTGRES")) return url_in(folder, database);
  static postgres_server own;
  return own.url(database);
}

boost::asio::awaitable<void> run_statement(std::string url, std::string sql) {
  postgres_connection connection(co_await boost::asio::this_coro::executor);
  co_await connection.connect(url);
  co_await connection.run(sql, {});
}

}  // namespace

postgres_server::postgres_server()
    : folder_((std::filesystem::temp_directory_path() / unique_name()).string()) {
  start();
}

postgres_server::~postgres_server() {
  try {
    act("remove");
  } catch (std::exception const&) {  // a leftover in the temporary folder
  }
}

void postgres_server::act(std::string const& action) const {
  auto const script = source_path("tests/support/postgres_server.sh");
  child_process child(child_command({script, action, folder_}));
  if (child.wait() != 0) throw std::runtime_error("postgres_server.sh " + action + ": " + child.err());
}

void postgres_server::start() {
  act("start");
}

void postgres_server::stop() {
  act("stop");
}

std::string postgres_server::url(std::string const& name) const {
  return url_in(folder_, name);
}

postgres_database::postgres_database() : name_(unique_name()), url_(shared_folder_url(name_)) {
  run_on_postgres(shared_folder_url("postgres"), "CREATE DATABASE " + name_);
}

postgres_database::~postgres_database() {
  try {
    run_on_postgres(shared_folder_url("postgres"), "DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");
  } catch (std::exception const&) {  // goes with its server
  }
}

void run_on_postgres(std::string const& url, std::string const& sql) {
  run_to_end(run_statement(url, sql));
}

}  // namespace parley::test
