// usage: registry_bench FOLDER [--objects N] [--postgres SERVER_FOLDER] [--only TEXT]
#include "tests/bench/registry_bench.hpp"

#include "adapters/storage/postgres_connection.hpp"
#include "tests/bench/processor_time.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>

namespace {

namespace asio = boost::asio;
using namespace parley;
using namespace parley::bench;

struct wanted {
  std::string folder;
  int objects = 1'000'000;
  std::string postgres;  // the folder of a running server; empty: none is measured
  std::string only;      // "creates", or questions with this in their name
};

// Databases are kept between runs: filling the large one takes minutes.
void fill_once(std::string const& path, int count) {
  std::string const done = path + ".done-" + std::to_string(count);
  if (std::filesystem::exists(done)) return;
  for (char const* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
  std::cerr << "filling " << path << " with " << count << " scenarios" << std::endl;
  fill(path + ".part", count);
  std::filesystem::rename(path + ".part", path);
  std::filesystem::create_directory(done);
}

// Into the system's memory: the disk is not what is compared.
void read_once(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<char> piece(1 << 20);
  while (file.read(piece.data(), static_cast<std::streamsize>(piece.size()))) {
  }
}

asio::awaitable<void> run_statement(std::string url, std::string sql) {
  postgres_connection connection(co_await asio::this_coro::executor);
  co_await connection.connect(std::move(url));
  co_await connection.run(sql, {});
}

void run_on(std::string const& url, std::string const& sql) {
  asio::io_context io{1};
  std::exception_ptr thrown;
  asio::co_spawn(io, run_statement(url, sql), [&](std::exception_ptr e) { thrown = e; });
  io.run();
  if (thrown) std::rethrow_exception(thrown);
}

bool exists(std::string const& url) {
  try {
    return is_copied(url);
  } catch (sql_error const&) {
    return false;
  }
}

// The URL of a database that holds the same as the file.
std::string copy_once(wanted const& how, std::string const& path, std::string const& name) {
  auto const url = [&](std::string const& database) {
    return "postgresql://parley@/" + database + "?host=" + std::filesystem::absolute(how.postgres).string();
  };
  if (exists(url(name))) return url(name);
  std::cerr << "copying " << path << " to PostgreSQL" << std::endl;
  run_on(url("postgres"), "DROP DATABASE IF EXISTS " + name);
  run_on(url("postgres"), "CREATE DATABASE " + name);
  copy_to_postgres(path, url(name));
  return url(name);
}

int measure(wanted const& how) {
  std::filesystem::create_directories(how.folder);
  bool good = true;
  bool const creates_alone = how.only == "creates";
  if (how.only.empty() || creates_alone) good = measure_creates(how.folder);
  if (creates_alone) return good ? 0 : 1;
  std::string const small = how.folder + "/few.db";
  std::string const large = how.folder + "/many.db";
  fill_once(small, 1000);
  fill_once(large, how.objects);
  read_once(large);
  std::vector<scale_pair> pairs{{"SQLite", small, large, 0}};
  if (!how.postgres.empty()) {
    std::string const many = "many" + std::to_string(how.objects);
    pairs.push_back({"PostgreSQL", copy_once(how, small, "few"), copy_once(how, large, many),
                     postmaster_of(how.postgres)});
  }
  good = measure_scale(pairs, how.objects, how.only) && good;
  return good ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) try {
  wanted how;
  how.folder = argc > 1 ? argv[1] : "";
  for (int i = 2; i + 1 < argc; i += 2) {
    std::string const flag = argv[i];
    if (flag == "--objects") how.objects = std::stoi(argv[i + 1]);
    if (flag == "--postgres") how.postgres = argv[i + 1];
    if (flag == "--only") how.only = argv[i + 1];
  }
  if (how.folder.empty()) {
    std::cerr << "usage: registry_bench FOLDER [--objects N] [--postgres SERVER_FOLDER] [--only TEXT]\n";
    return 2;
  }
  return measure(how);
} catch (std::exception const& e) {
  std::cerr << "registry_bench: " << e.what() << "\n";
  return 2;
}
