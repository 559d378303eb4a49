#include "adapters/storage/sql_session.hpp"

namespace parley {

void sql_rows::add(sql_rows const& from, std::size_t row) {
  for (std::size_t column = 0; column < columns_; ++column) add(from.cells_.at(row * columns_ + column));
}

std::int64_t sql_rows::number(std::size_t row, std::size_t column) const {
  sql_value const& cell = cells_.at(row * columns_ + column);
  return std::holds_alternative<std::monostate>(cell) ? 0 : std::get<std::int64_t>(cell);
}

std::string const& sql_rows::text(std::size_t row, std::size_t column) const {
  static std::string const nothing;
  sql_value const& cell = cells_.at(row * columns_ + column);
  return std::holds_alternative<std::monostate>(cell) ? nothing : std::get<std::string>(cell);
}

}  // namespace parley
