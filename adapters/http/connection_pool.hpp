// The connections of one client: idle ones to be used again, the number of all of them kept within a maximum.
#pragma once

#include "adapters/http/connection_watchdog.hpp"
#include "adapters/http/http_connection.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <optional>

namespace parley {

class connection_pool {
 public:
  connection_pool(boost::asio::io_context& io, std::optional<int> max_connections,
                  std::chrono::milliseconds keep_alive);

  // A connection in use: watched, and counted until it goes away. Dropping it closes the connection, unless
  // it was given back.
  class lease {
   public:
    lease(connection_pool& pool, std::unique_ptr<http_connection> connection, bool used_before);
    ~lease();
    lease(lease&& other) noexcept = default;
    lease& operator=(lease&&) = delete;

    http_connection& operator*() const { return *connection_; }
    http_connection* operator->() const { return connection_.get(); }
    bool used_before() const { return used_before_; }
    void give_back();

   private:
    connection_pool* pool_;
    std::unique_ptr<http_connection> connection_;
    bool used_before_;
  };

  // An idle connection to this origin that is still fit for use.
  std::optional<lease> take_idle(std::shared_ptr<http_origin const> const& origin);

  // False when no further connection may be used now, or others wait already: wait_for_place first.
  bool has_place() const;
  // True: a place was granted, in the order of asking; it must be used before the next await (take_idle, add)
  // or returned with refuse_place. False: the limit passed or the coroutine was cancelled.
  boost::asio::awaitable<bool> wait_for_place(std::chrono::steady_clock::time_point limit);
  void refuse_place() { grant_next(); }
  lease add(std::unique_ptr<http_connection> connection);

 private:
  void drop_old(std::chrono::steady_clock::time_point now);
  void grant_next();

  struct waiter {
    boost::asio::steady_timer timer;
    bool granted = false;
  };

  boost::asio::io_context& io_;
  std::optional<int> max_connections_;
  std::chrono::milliseconds keep_alive_;
  connection_watchdog watchdog_;
  std::deque<std::unique_ptr<http_connection>> idle_;  // the one used last is at the end
  std::deque<waiter*> waiting_;
  int in_use_ = 0;
  int granted_ = 0;  // places promised to waiters that have not resumed yet
};

}  // namespace parley
