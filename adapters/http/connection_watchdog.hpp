// One coarse timer for all connections of a client that have a request on the way: every 20 ms each one's
// limits are looked at. It sleeps while there is none.
#pragma once

#include <boost/asio/io_context.hpp>

#include <memory>

namespace parley {

class http_connection;

class connection_watchdog {
 public:
  explicit connection_watchdog(boost::asio::io_context& io);
  ~connection_watchdog();
  connection_watchdog(connection_watchdog const&) = delete;
  connection_watchdog& operator=(connection_watchdog const&) = delete;

  // The connection stays where it is until it is removed.
  void add(http_connection& watched);
  void remove(http_connection& watched);

 private:
  struct state;
  std::shared_ptr<state> state_;
};

}  // namespace parley
