#include "adapters/storage/sqlite_connection.hpp"

#include <sqlite3.h>

#include <functional>
#include <unordered_map>

namespace parley {
namespace {

struct statement_end {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using statement = std::unique_ptr<sqlite3_stmt, statement_end>;

struct text_hash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

// Statements differ only by the number of their filters, so there are few; hostile queries cannot make more.
constexpr std::size_t most_statements = 400;

// `objects_name`, `objects_id` and the rest are the indexes of the migrations; SQLite names their columns.
sql_error::cause constraint_of(std::string_view message) {
  if (message.find("objects.name") != message.npos) return sql_error::cause::name_taken;
  if (message.find("objects.id") != message.npos) return sql_error::cause::id_taken;
  if (message.find("objects.created_at") != message.npos ||
      message.find("objects.updated_at") != message.npos)
    return sql_error::cause::time_taken;
  return sql_error::cause::mistake;
}

sql_error error_of(sqlite3* db) {
  std::string const message = sqlite3_errmsg(db);
  switch (sqlite3_errcode(db) & 0xff) {
    case SQLITE_CONSTRAINT:
      return sql_error(constraint_of(message), message);
    case SQLITE_ERROR:
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
      return sql_error(sql_error::cause::mistake, message);
    default:
      return sql_error(sql_error::cause::unavailable, message);
  }
}

// Statistics of its memory would cost every allocation a lock, and nobody reads them.
void count_no_memory() {
  static int const done = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(done);  // misuse when another library has begun with SQLite: it counts then
}

void bind(sqlite3_stmt* to, int index, sql_value const& value) {
  if (auto const* number = std::get_if<std::int64_t>(&value)) {
    sqlite3_bind_int64(to, index, *number);
  } else if (auto const* text = std::get_if<std::string>(&value)) {
    sqlite3_bind_text64(to, index, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
  } else {
    sqlite3_bind_null(to, index);
  }
}

sql_value cell(sqlite3_stmt* of, int column) {
  switch (sqlite3_column_type(of, column)) {
    case SQLITE_INTEGER:
      return std::int64_t{sqlite3_column_int64(of, column)};
    case SQLITE_NULL:
      return std::monostate{};
    default: {
      auto const* text = reinterpret_cast<char const*>(sqlite3_column_text(of, column));
      auto const size = static_cast<std::size_t>(sqlite3_column_bytes(of, column));
      return text == nullptr ? std::string() : std::string(text, size);
    }
  }
}

}  // namespace

struct sqlite_connection::state {
  sqlite3* db = nullptr;
  std::unordered_map<std::string, statement, text_hash, std::equal_to<>> statements;

  ~state() {
    statements.clear();
    sqlite3_close(db);
  }

  sqlite3_stmt* prepared(std::string_view sql) {
    if (auto const found = statements.find(sql); found != statements.end()) return found->second.get();
    if (statements.size() >= most_statements) statements.clear();
    std::string text(sql);
    // SQLite numbers $1 by its first appearance, ?1 by its number.
    for (std::size_t i = 0; i + 1 < text.size(); ++i)
      if (text[i] == '$' && text[i + 1] >= '1' && text[i + 1] <= '9') text[i] = '?';
    sqlite3_stmt* made = nullptr;
    if (sqlite3_prepare_v3(db, text.data(), static_cast<int>(text.size()), SQLITE_PREPARE_PERSISTENT, &made,
                           nullptr) != SQLITE_OK)
      throw error_of(db);
    return statements.emplace(std::string(sql), statement(made)).first->second.get();
  }
};

sqlite_connection::sqlite_connection(std::string const& path, std::chrono::milliseconds patience)
    : state_(std::make_unique<state>()) {
  count_no_memory();
  int const flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  if (sqlite3_open_v2(path.c_str(), &state_->db, flags, nullptr) != SQLITE_OK) {
    if (state_->db == nullptr) throw sql_error(sql_error::cause::unavailable, "out of memory");
    throw error_of(state_->db);
  }
  sqlite3_extended_result_codes(state_->db, 1);
  sqlite3_busy_timeout(state_->db, static_cast<int>(patience.count()));
}

sqlite_connection::~sqlite_connection() = default;

sql_rows sqlite_connection::run_now(std::string_view sql, sql_values const& parameters) {
  sqlite3_stmt* const statement = state_->prepared(sql);
  for (std::size_t i = 0; i < parameters.size(); ++i) bind(statement, static_cast<int>(i) + 1, parameters[i]);
  int const columns = sqlite3_column_count(statement);
  sql_rows rows(static_cast<std::size_t>(columns));
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW)
    for (int column = 0; column < columns; ++column) rows.add(cell(statement, column));
  if (code != SQLITE_DONE || sql.starts_with("ROLLBACK")) known.forget();
  if (code != SQLITE_DONE) {
    sql_error const error = error_of(state_->db);
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    throw error;
  }
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  return rows;
}

boost::asio::awaitable<sql_rows> sqlite_connection::run(std::string_view sql, sql_values parameters) {
  co_return run_now(sql, parameters);
}

std::int64_t sqlite_connection::changes() const {
  return sqlite3_total_changes64(state_->db);
}

bool sqlite_connection::in_transaction() const {
  return sqlite3_get_autocommit(state_->db) == 0;
}

}  // namespace parley
