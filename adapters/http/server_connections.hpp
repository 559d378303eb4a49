// The connections a server has open, and the one coarse timer that looks at the limits of them all. It sleeps
// while there is none.
#pragma once

#include "adapters/http/http_server_limits.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <vector>

namespace parley {

class server_connection;

// Held by a shared_ptr: a tick may be under way when its server goes.
class server_connections : public std::enable_shared_from_this<server_connections> {
 public:
  server_connections(boost::asio::io_context& io, http_server_limits const& limits);

  // The connection stays where it is until it is removed.
  void add(server_connection& added);
  void remove(server_connection& ended);

  std::size_t served() const { return open_.size() - turned_away_; }
  std::size_t turned_away() const { return turned_away_; }

  void end_all();
  void end_idle();
  // Returns when no connection is open.
  static boost::asio::awaitable<void> all_ended(std::shared_ptr<server_connections> self);

 private:
  void wait_for_tick();

  std::vector<server_connection*> open_;
  std::size_t turned_away_ = 0;
  std::chrono::milliseconds tick_;
  boost::asio::steady_timer timer_;
  boost::asio::steady_timer empty_;  // never expires; cancelled when the last connection has ended
  bool ticking_ = false;
  bool leaving_ = false;  // with the last connection the timer ends too, for the loop to come to its end
};

}  // namespace parley
