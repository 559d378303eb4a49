#include "adapters/cli/drive.hpp"

#include <boost/asio/co_spawn.hpp>

#include <exception>

namespace parley {

void drive(boost::asio::io_context& io, boost::asio::awaitable<void> body) {
  std::exception_ptr thrown;
  bool ended = false;
  boost::asio::co_spawn(io, std::move(body), [&](std::exception_ptr error) {
    thrown = error;
    ended = true;
  });
  while (!ended && io.run_one() > 0) {
  }
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace parley
