#include "adapters/storage/postgres_result.hpp"

#include <libpq-fe.h>

#include <charconv>

namespace parley {
namespace {

bool is_integer(Oid type) {
  constexpr Oid int8 = 20, int2 = 21, int4 = 23;
  return type == int8 || type == int2 || type == int4;
}

sql_value cell(pg_result const* result, int row, int column) {
  if (PQgetisnull(result, row, column) != 0) return std::monostate{};
  std::string_view const text(PQgetvalue(result, row, column),
                              static_cast<std::size_t>(PQgetlength(result, row, column)));
  if (!is_integer(PQftype(result, column))) return std::string(text);
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

sql_error::cause unique_cause(std::string_view index) {
  if (index == "objects_name") return sql_error::cause::name_taken;
  if (index == "objects_id") return sql_error::cause::id_taken;
  if (index == "objects_pkey" || index == "objects_updated") return sql_error::cause::time_taken;
  // Two transactions made the same collection or term, or appended the same version.
  return sql_error::cause::conflict;
}

// By SQLSTATE: what the operator can repair, what another try can, and what is a bug of ours.
sql_error::cause cause_of(std::string_view state, std::string_view constraint) {
  if (state == "23505") return unique_cause(constraint);
  if (state == "40001" || state == "40P01") return sql_error::cause::conflict;
  for (std::string_view const bug : {"42", "22", "23", "21", "0A", "26"})
    if (state.substr(0, 2) == bug && state != "42501") return sql_error::cause::mistake;
  return sql_error::cause::unavailable;
}

std::string_view field(pg_result const* result, int which) {
  char const* const text = PQresultErrorField(result, which);
  return text == nullptr ? std::string_view() : std::string_view(text);
}

}  // namespace

sql_rows read_result(pg_result const* result) {
  auto const status = PQresultStatus(result);
  if (status == PGRES_COMMAND_OK) return sql_rows();
  if (status != PGRES_TUPLES_OK) {
    auto const cause = cause_of(field(result, PG_DIAG_SQLSTATE), field(result, PG_DIAG_CONSTRAINT_NAME));
    std::string text(field(result, PG_DIAG_MESSAGE_PRIMARY));
    throw sql_error(cause, text.empty() ? "the server's answer cannot be read" : text);
  }
  int const columns = PQnfields(result);
  sql_rows rows(static_cast<std::size_t>(columns));
  for (int row = 0; row < PQntuples(result); ++row)
    for (int column = 0; column < columns; ++column) rows.add(cell(result, row, column));
  return rows;
}

}  // namespace parley
