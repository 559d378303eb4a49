#include "adapters/storage/sqlite_connection.hpp"
#include "adapters/storage/sqlite_registry.hpp"
#include "tests/bench/processor_time.hpp"
#include "tests/bench/registry_bench.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <filesystem>
#include <iomanip>
#include <iostream>
#include <thread>

namespace parley::bench {

namespace asio = boost::asio;
using clock = std::chrono::steady_clock;

namespace {

constexpr int writers = 200;
constexpr int burst = 25000;
constexpr std::chrono::seconds longest{10};

micro_time system_time() {
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

// Creates one scenario after the other until there are enough, or the time is up.
struct writing {
  clock::time_point until;
  int most = 0;
  int begun = 0;
  int made = 0;
};

asio::awaitable<void> write(registry_store& store, writing& all) {
  while (clock::now() < all.until && all.begun < all.most) {
    creation one;
    one.objects.push_back(sample_scenario(all.begun++, 1'000'000));
    auto const outcome = co_await store.create(std::move(one));
    if (!outcome) throw std::runtime_error(outcome.error().detail);
    ++all.made;
  }
}

double seconds_since(clock::time_point began) {
  return std::chrono::duration<double>(clock::now() - began).count();
}

struct create_rate {
  double a_second = 0;
  double processor = 0;    // microseconds for each
  double with_search = 0;  // a second, until the search index has them all
};

create_rate creates_per_second(std::string const& path, std::size_t together) {
  for (char const* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
  asio::io_context io{1};
  sqlite_registry::settings how;
  how.writes_together = together;
  sqlite_registry store(io, path, system_time, how);
  auto const began = clock::now();
  writing all{began + longest, burst};
  double const processor = own_processor_time();
  for (int i = 0; i < writers; ++i)
    asio::co_spawn(io, write(store, all), [](std::exception_ptr e) {
      if (e) std::rethrow_exception(e);
    });
  io.run();
  create_rate rate;
  rate.a_second = all.made / seconds_since(began);
  rate.processor = (own_processor_time() - processor) / all.made;
  sqlite_connection beside(path);
  while (beside.run_now("SELECT count(*) FROM search_backlog").number(0, 0) > 0)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  rate.with_search = all.made / seconds_since(began);
  return rate;
}

void print(char const* what, create_rate const& rate) {
  std::cout << std::fixed << std::setprecision(0) << "  " << what << std::setw(8) << rate.a_second << ", "
            << rate.processor << " processor microseconds each; until all are in the search index "
            << rate.with_search << "\n";
}

}  // namespace

bool measure_creates(std::string const& folder) {
  std::filesystem::create_directories(folder);
  auto const alone = creates_per_second(folder + "/alone.db", 1);
  auto const grouped = creates_per_second(folder + "/grouped.db", 1000);
  std::cout << "durable creates per second, " << writers << " writers, a burst of " << burst << ", SQLite\n";
  print("one commit per request   ", alone);
  print("group commit             ", grouped);
  std::cout << std::setprecision(1) << "  ratio (at least 10)      " << std::setw(8)
            << grouped.a_second / alone.a_second << "\n"
            << std::endl;
  return grouped.a_second >= 10 * alone.a_second;
}

}  // namespace parley::bench
