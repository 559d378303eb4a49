// One connection to a SQLite file, used by one thread at a time. Statements are prepared once and kept.
#pragma once

#include "adapters/storage/sql_session.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace parley {

class sqlite_connection final : public sql_session {
 public:
  // Makes the file when it is missing. Waits up to `patience` for another process's lock. Throws sql_error.
  explicit sqlite_connection(std::string const& path,
                             std::chrono::milliseconds patience = std::chrono::seconds(5));
  ~sqlite_connection() override;

  sql_dialect dialect() const override { return sql_dialect::sqlite; }
  boost::asio::awaitable<sql_rows> run(std::string_view sql, sql_values parameters) override;

  // The same without a coroutine.
  sql_rows run_now(std::string_view sql, sql_values const& parameters = {});
  // Rows that statements have changed on this connection, ever.
  std::int64_t changes() const;
  // False once a failure has made SQLite roll back by itself.
  bool in_transaction() const;

 private:
  struct state;
  std::unique_ptr<state> state_;
};

}  // namespace parley
