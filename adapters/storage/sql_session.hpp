// What the registry's operations need of a database inside a transaction: run one statement and get its rows.
// Both databases are given the same text; where they differ, `dialect` decides.
#pragma once

#include "adapters/storage/known_rows.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace parley {

using sql_value = std::variant<std::monostate, std::int64_t, std::string>;
using sql_values = std::vector<sql_value>;

// A vector of values inside an awaited expression, where g++ 12 refuses braces.
template <class... Values>
sql_values with(Values&&... values) {
  sql_values all;
  all.reserve(sizeof...(values));
  (all.emplace_back(std::forward<Values>(values)), ...);
  return all;
}

class sql_rows {
 public:
  explicit sql_rows(std::size_t columns = 0) : columns_(columns) {}

  void add(sql_value value) { cells_.push_back(std::move(value)); }  // row by row
  // Of as many columns.
  void add(sql_rows const& more) { cells_.insert(cells_.end(), more.cells_.begin(), more.cells_.end()); }
  void add(sql_rows const& from, std::size_t row);
  std::size_t size() const { return columns_ == 0 ? 0 : cells_.size() / columns_; }
  bool empty() const { return size() == 0; }
  // Null is 0 and ""; a value of the other type is a bug: std::bad_variant_access.
  std::int64_t number(std::size_t row, std::size_t column) const;
  std::string const& text(std::size_t row, std::size_t column) const;

 private:
  std::size_t columns_ = 0;
  std::vector<sql_value> cells_;
};

// Thrown by statements and caught where an operation ends; ports never see it.
class sql_error : public std::runtime_error {
 public:
  enum class cause {
    unavailable,  // cannot be reached, read or written
    name_taken,   // the unique index of that name refuses
    id_taken,
    time_taken,  // another process drew the same microsecond: draw again
    conflict,    // lost against another transaction: begin again
    mistake,     // the statement is wrong: a bug
  };
  sql_error(cause w, std::string const& text) : std::runtime_error(text), why(w) {}
  cause why;
};

enum class sql_dialect { sqlite, postgres };

class sql_session {
 public:
  virtual ~sql_session() = default;
  virtual sql_dialect dialect() const = 0;
  // Parameters are $1, $2, ... `sql` must live until the statement has ended. Throws sql_error.
  virtual boost::asio::awaitable<sql_rows> run(std::string_view sql, sql_values parameters) = 0;

  bool is_sqlite() const { return dialect() == sql_dialect::sqlite; }

  known_rows known;
};

}  // namespace parley
