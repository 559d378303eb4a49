// One connection to a PostgreSQL server, driven by the io_context: nothing blocks it but the look-up of a
// host's name, which libpq does by itself. Used by one coroutine at a time.
#pragma once

#include "adapters/storage/sql_session.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <memory>
#include <string>

namespace parley {

class postgres_connection final : public sql_session {
 public:
  explicit postgres_connection(boost::asio::any_io_executor executor);
  ~postgres_connection() override;

  sql_dialect dialect() const override { return sql_dialect::postgres; }
  // Throws sql_error; the connection cannot be used then.
  boost::asio::awaitable<void> connect(std::string url);
  boost::asio::awaitable<sql_rows> run(std::string_view sql, sql_values parameters) override;

  // What is under way when this time has passed ends with `unavailable`, and the connection with it.
  void set_limit(std::chrono::steady_clock::duration time);
  void clear_limit();

  // False when it broke, or holds a transaction that nobody will end.
  bool is_idle() const;

 private:
  boost::asio::awaitable<sql_rows> run_on_server(std::string_view sql, sql_values parameters);

  struct state;
  std::shared_ptr<state> state_;
};

}  // namespace parley
