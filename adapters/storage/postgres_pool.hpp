// The connections to one PostgreSQL server: a few, made when needed, lent to one operation at a time. While
// the server cannot be reached everyone is told so at once, and it is tried again after a growing pause.
#pragma once

#include "adapters/storage/postgres_connection.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <deque>
#include <memory>
#include <vector>

namespace parley {

class postgres_pool {
 public:
  using clock = std::chrono::steady_clock;

  postgres_pool(boost::asio::io_context& io, std::string url, std::size_t size, clock::duration limit);

  // What an operation holds. Goes back to the pool in the destructor, or is closed when it is not idle then.
  class lease {
   public:
    lease(postgres_pool& pool, std::unique_ptr<postgres_connection> connection, bool is_new);
    lease(lease&&) = default;
    lease& operator=(lease&&) = delete;
    ~lease();
    postgres_connection& connection() const { return *connection_; }
    // An old one may have been closed by the server meanwhile.
    bool is_new() const { return is_new_; }

   private:
    postgres_pool* pool_;
    std::unique_ptr<postgres_connection> connection_;  // empty: moved from
    bool is_new_;
  };

  // The limit starts now and holds for all that is done with it. Throws sql_error: unavailable.
  boost::asio::awaitable<lease> acquire();

 private:
  boost::asio::awaitable<std::unique_ptr<postgres_connection>> made();
  boost::asio::awaitable<void> wait_for_turn();
  void free_turn();
  void give_back(std::unique_ptr<postgres_connection> connection);

  boost::asio::io_context& io_;
  std::string const url_;
  std::size_t const size_;
  clock::duration const limit_;
  std::size_t lent_ = 0;
  std::vector<std::unique_ptr<postgres_connection>> idle_;
  std::deque<std::shared_ptr<boost::asio::steady_timer>> waiting_;
  clock::time_point try_again_{};  // not before
  clock::duration pause_{};
  std::string last_error_;
};

}  // namespace parley
