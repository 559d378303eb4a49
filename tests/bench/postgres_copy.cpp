#include "adapters/storage/migrations.hpp"
#include "adapters/storage/postgres_connection.hpp"
#include "adapters/storage/sqlite_connection.hpp"
#include "tests/bench/registry_bench.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <nlohmann/json.hpp>

#include <exception>
#include <iostream>

namespace parley::bench {

namespace asio = boost::asio;
using nlohmann::json;

namespace {

constexpr std::int64_t rows_at_once = 5000;
constexpr int before_search = 3;  // the schema without PostgreSQL's search index

struct copied_table {
  char const* name;
  std::vector<std::pair<std::string, bool>> columns;  // with the key's first; true: a number
  std::size_t key;                                    // columns of it
};

std::vector<copied_table> const& tables() {
  static std::vector<copied_table> const all{
      {"collections", {{"id", true}, {"organization", false}, {"kind", false}}, 1},
      {"terms", {{"id", true}, {"collection", true}, {"name", false}, {"value", false}}, 1},
      {"objects",
       {{"created_at", true},
        {"collection", true},
        {"id", false},
        {"name", false},
        {"name_is_unique", true},
        {"searched_text", false},
        {"facets", false},
        {"body", false},
        {"is_deleted", true},
        {"latest_version", true},
        {"created_by", false},
        {"updated_by", false},
        {"updated_at", true}},
       1},
      {"versions",
       {{"object", true}, {"number", true}, {"content", false}, {"created_by", false}, {"created_at", true}},
       2},
      {"postings", {{"term", true}, {"object", true}}, 2},
      {"pairs", {{"low", true}, {"high", true}}, 2}};
  return all;
}

std::string names(copied_table const& table, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += (i > 0 ? ", " : "") + table.columns[i].first;
  return text;
}

// "SELECT ... WHERE (object, number) > ($1, $2) ORDER BY object, number LIMIT 5000"
std::string next_rows(copied_table const& table) {
  std::string const key = names(table, table.key);
  return "SELECT " + names(table, table.columns.size()) + " FROM " + table.name + " WHERE (" + key + ") > (" +
         (table.key == 1 ? "$1" : "$1, $2") + ") ORDER BY " + key + " LIMIT " + std::to_string(rows_at_once);
}

std::string insert_rows(copied_table const& table) {
  std::string const all = names(table, table.columns.size());
  std::string types;
  for (auto const& [name, is_number] : table.columns)
    types += (types.empty() ? "" : ", ") + name + (is_number ? " bigint" : " text");
  return std::string("INSERT INTO ") + table.name + " (" + all + ") SELECT " + all +
         " FROM json_to_recordset($1::json) AS rows (" + types + ")";
}

json row_of(copied_table const& table, sql_rows const& rows, std::size_t row) {
  json made;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    auto const& [name, is_number] = table.columns[i];
    if (is_number)
      made[name] = rows.number(row, i);
    else
      made[name] = rows.text(row, i);
  }
  return made;
}

asio::awaitable<void> copy_table(sqlite_connection& from, sql_session& to, copied_table const& table) {
  std::string const question = next_rows(table);
  std::string const statement = insert_rows(table);
  sql_values last(table.key, sql_value(std::int64_t{-1}));
  while (true) {
    sql_rows const rows = from.run_now(question, last);
    if (rows.empty()) co_return;
    json batch = json::array();
    for (std::size_t row = 0; row < rows.size(); ++row) batch.push_back(row_of(table, rows, row));
    for (std::size_t i = 0; i < table.key; ++i) last[i] = rows.number(rows.size() - 1, i);
    std::string text = batch.dump();
    co_await to.run(statement, with(std::move(text)));
  }
}

// What nobody needs to keep when the machine crashes is not waited for.
asio::awaitable<void> copy_all(std::string path, std::string url) {
  sqlite_connection from(path);
  postgres_connection to(co_await asio::this_coro::executor);
  co_await to.connect(std::move(url));
  co_await to.run("SET synchronous_commit = off", {});
  co_await to.run("SET maintenance_work_mem = '1GB'", {});
  co_await migrate(to, before_search);
  for (copied_table const& table : tables()) co_await copy_table(from, to, table);
  co_await migrate(to);
  co_await to.run("VACUUM ANALYZE", {});
  co_await to.run("CHECKPOINT", {});
  co_await to.run("CREATE TABLE copied ()", {});
}

asio::awaitable<bool> ask_copied(std::string url) {
  postgres_connection to(co_await asio::this_coro::executor);
  co_await to.connect(std::move(url));
  sql_rows const rows = co_await to.run("SELECT 1 WHERE to_regclass('copied') IS NOT NULL", {});
  co_return !rows.empty();
}

}  // namespace

void copy_to_postgres(std::string const& path, std::string const& url) {
  asio::io_context io{1};
  std::exception_ptr thrown;
  asio::co_spawn(io, copy_all(path, url), [&](std::exception_ptr e) { thrown = e; });
  io.run();
  if (thrown) std::rethrow_exception(thrown);
}

bool is_copied(std::string const& url) {
  asio::io_context io{1};
  std::exception_ptr thrown;
  bool done = false;
  asio::co_spawn(io, ask_copied(url), [&](std::exception_ptr e, bool found) {
    thrown = e;
    done = found;
  });
  io.run();
  if (thrown) std::rethrow_exception(thrown);
  return done;
}

}  // namespace parley::bench
