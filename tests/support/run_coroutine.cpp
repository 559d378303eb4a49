#include "tests/support/run_coroutine.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>

namespace parley::test {

void run_to_end(boost::asio::awaitable<void> body) {
  boost::asio::io_context io{1};
  std::exception_ptr thrown;
  boost::asio::co_spawn(io, std::move(body), [&](std::exception_ptr e) { thrown = e; });
  io.run();
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace parley::test
