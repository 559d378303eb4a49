#include "adapters/storage/sqlite_registry.hpp"
#include "tests/bench/processor_time.hpp"
#include "tests/bench/registry_bench.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <filesystem>
#include <iomanip>
#include <iostream>

namespace parley::bench {

namespace asio = boost::asio;
using clock = std::chrono::steady_clock;

namespace {

constexpr int writers = 200;

micro_time system_time() {
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

// Creates one scenario after the other until the time is up.
asio::awaitable<void> write(registry_store& store, clock::time_point until, int& next, int& made) {
  while (clock::now() < until) {
    creation one;
    one.objects.push_back(sample_scenario(next++, 1'000'000));
    auto const outcome = co_await store.create(std::move(one));
    if (!outcome) throw std::runtime_error(outcome.error().detail);
    ++made;
  }
}

struct create_rate {
  double a_second = 0;
  double processor = 0;  // microseconds for each
};

create_rate creates_per_second(std::string const& path, std::size_t together, std::chrono::seconds time) {
  for (char const* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
  asio::io_context io{1};
  sqlite_registry::settings how;
  how.writes_together = together;
  sqlite_registry store(io, path, system_time, how);
  int next = 0;
  int made = 0;
  auto const began = clock::now();
  double const processor = own_processor_time();
  for (int i = 0; i < writers; ++i)
    asio::co_spawn(io, write(store, began + time, next, made), [](std::exception_ptr e) {
      if (e) std::rethrow_exception(e);
    });
  io.run();
  create_rate rate;
  rate.a_second = made / std::chrono::duration<double>(clock::now() - began).count();
  rate.processor = (own_processor_time() - processor) / made;
  return rate;
}

}  // namespace

bool measure_creates(std::string const& folder) {
  std::filesystem::create_directories(folder);
  auto const alone = creates_per_second(folder + "/alone.db", 1, std::chrono::seconds(5));
  auto const grouped = creates_per_second(folder + "/grouped.db", 1000, std::chrono::seconds(5));
  std::cout << "durable creates per second, " << writers << " writers, SQLite\n"
            << std::fixed << std::setprecision(0) << "  one commit per request   " << std::setw(8)
            << alone.a_second << ", " << alone.processor << " processor microseconds each\n"
            << "  group commit             " << std::setw(8) << grouped.a_second << ", " << grouped.processor
            << "\n"
            << std::setprecision(1) << "  ratio (at least 10)      " << std::setw(8)
            << grouped.a_second / alone.a_second << "\n"
            << std::endl;
  return grouped.a_second >= 10 * alone.a_second;
}

}  // namespace parley::bench
