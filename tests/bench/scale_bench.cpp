#include "adapters/storage/open_registry.hpp"
#include "tests/bench/processor_time.hpp"
#include "tests/bench/registry_bench.hpp"
#include "tests/bench/scale_questions.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <memory>
#include <stdexcept>

namespace parley::bench {

namespace asio = boost::asio;
using clock = std::chrono::steady_clock;

namespace {

constexpr double most = 5;
constexpr int small_count = 1000;

struct cost {
  double microseconds = 0;  // the median
  std::size_t found = 0;
};

asio::awaitable<void> ask_once(subject s, scale_question const& asked, int round, std::size_t& found) {
  found = co_await asked.ask(s, round);
}

class opened_subject {
 public:
  opened_subject(std::string const& where, int count, int postmaster)
      : postmaster_(postmaster), count_(count) {
    auto opened = open_registry(where, io_);
    if (!opened) throw std::runtime_error(opened.error().detail);
    store_ = std::move(*opened);
  }

  // Of many rounds, after a few to warm up.
  cost of(scale_question const& asked) {
    cost made;
    std::vector<double> times;
    auto const until = clock::now() + std::chrono::milliseconds(600);
    for (int round = 0; round < 8 || (round < 400 && clock::now() < until); ++round) {
      double const time = once(asked, round, made.found);
      if (round >= 3) times.push_back(time);
    }
    auto const middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
    std::nth_element(times.begin(), middle, times.end());
    made.microseconds = *middle;
    return made;
  }

 private:
  double once(scale_question const& asked, int round, std::size_t& found) {
    double const server_began = server_processor_time(postmaster_);
    double const began = own_processor_time();
    subject const who{store_.get(), count_};
    asio::co_spawn(io_, ask_once(who, asked, round, found), [](std::exception_ptr e) {
      if (e) std::rethrow_exception(e);
    });
    io_.restart();
    io_.run();
    double const own = own_processor_time() - began;
    return own + server_processor_time(postmaster_) - server_began;
  }

  asio::io_context io_{1};
  std::unique_ptr<registry_store> store_;
  int postmaster_;
  int count_;
};

// True: it is not above five times, and what was asked was the same.
bool print(cost const& small, cost const& large) {
  double const ratio = large.microseconds / small.microseconds;
  std::cout << std::fixed << std::setprecision(0) << std::setw(9) << small.microseconds << std::setw(10)
            << large.microseconds << std::setprecision(2) << std::setw(8) << ratio << std::setw(5)
            << small.found << std::setw(4) << large.found;
  bool const fair = small.found == large.found;
  std::cout << (!fair ? " !" : ratio > most ? " >" : "  ");
  return fair && ratio <= most;
}

void print_head(std::vector<scale_pair> const& pairs, int large_count) {
  std::cout << "processor microseconds (median) with " << small_count << " and " << large_count
            << " scenarios, their ratio, and how many were found\n"
            << "('>': above " << most << "; '!': not as many found, so not compared)\n"
            << std::setw(36) << "";
  for (auto const& pair : pairs) std::cout << std::left << std::setw(38) << pair.name << std::right;
  std::cout << std::endl;
}

}  // namespace

bool measure_scale(std::vector<scale_pair> const& pairs, int large_count, std::string const& only) {
  std::vector<std::unique_ptr<opened_subject>> subjects;
  for (auto const& pair : pairs) {
    subjects.push_back(std::make_unique<opened_subject>(pair.small, small_count, pair.postmaster));
    subjects.push_back(std::make_unique<opened_subject>(pair.large, large_count, pair.postmaster));
  }
  print_head(pairs, large_count);
  bool good = true;
  for (scale_question const& asked : scale_questions()) {
    if (std::string(asked.name).find(only) == std::string::npos) continue;
    std::cout << "  " << std::left << std::setw(34) << asked.name << std::right;
    for (std::size_t i = 0; i < subjects.size(); i += 2) {
      cost const small = subjects[i]->of(asked);
      cost const large = subjects[i + 1]->of(asked);
      good = print(small, large) && good;
    }
    std::cout << std::endl;
  }
  std::cout << std::endl;
  return good;
}

}  // namespace parley::bench
