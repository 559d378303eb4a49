#include "adapters/system/process_signals.hpp"

#include "tests/support/catch.hpp"

#include <csignal>
#include <vector>

using namespace parley;

TEST_CASE("The first signal drains, the second cancels") {
  boost::asio::io_context io{1};
  stop_request stop;
  std::vector<stop_request::level> told;
  {
    process_signals const signals(io, stop, [&](stop_request::level level) { told.push_back(level); });
    std::raise(SIGTERM);
    while (told.empty()) io.run_one();
    CHECK(stop.draining());
    CHECK_FALSE(stop.cancelling());
    CHECK(stop.signal_number() == SIGTERM);
    std::raise(SIGINT);
    while (told.size() < 2) io.run_one();
    CHECK(stop.cancelling());
    CHECK(stop.why() == stop_request::cause::signal);
  }
  io.run();
}

TEST_CASE("The soft limit of open files is raised to the hard one") {
  CHECK(raise_open_file_limit() >= 1024);
  CHECK(raise_open_file_limit() == raise_open_file_limit());
}
