#include "adapters/storage/postgres_connection.hpp"

#include "adapters/storage/postgres_result.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <libpq-fe.h>
#include <unistd.h>

#include <optional>
#include <unordered_map>

namespace parley {

namespace asio = boost::asio;
using asio::posix::stream_descriptor;

namespace {

constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t most_statements = 400;  // prepared on the server; later ones are sent whole

struct connection_end {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};

struct result_end {
  void operator()(PGresult* result) const { PQclear(result); }
};
using owned_result = std::unique_ptr<PGresult, result_end>;

// Texts of the parameters; integers are written out.
struct parameter_texts {
  explicit parameter_texts(sql_values const& values) : texts(values.size()) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (auto const* number = std::get_if<std::int64_t>(&values[i])) texts[i] = std::to_string(*number);
      if (auto const* text = std::get_if<std::string>(&values[i])) texts[i] = *text;
      pointers.push_back(std::holds_alternative<std::monostate>(values[i]) ? nullptr : texts[i].c_str());
    }
  }
  int size() const { return static_cast<int>(pointers.size()); }

  std::vector<std::string> texts;
  std::vector<char const*> pointers;
};

}  // namespace

struct postgres_connection::state {
  explicit state(asio::any_io_executor e) : executor(e), limit(e) {}

  asio::any_io_executor executor;
  std::unique_ptr<PGconn, connection_end> connection;
  std::optional<stream_descriptor> socket;  // a duplicate: libpq closes its own
  asio::steady_timer limit;
  bool timed_out = false;
  std::unordered_map<std::string, std::string> statements;  // by text: their names

  sql_error broken() {
    std::string text = timed_out    ? "no answer in time"
                       : connection ? PQerrorMessage(connection.get())
                                    : "closed";
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    if (text.empty()) text = "the connection was lost";
    return sql_error(sql_error::cause::unavailable, text);
  }

  void use_socket() {
    int const fd = ::dup(PQsocket(connection.get()));
    if (fd < 0) throw sql_error(sql_error::cause::unavailable, "no descriptors left");
    socket.emplace(executor, fd);
  }

  asio::awaitable<void> wait(stream_descriptor::wait_type what) {
    if (timed_out) throw broken();
    auto const [error] = co_await socket->async_wait(what, no_throw);
    if (error || timed_out) throw broken();
  }

  asio::awaitable<void> flush() {
    while (true) {
      int const left = PQflush(connection.get());
      if (left < 0) throw broken();
      if (left == 0) co_return;
      co_await wait(stream_descriptor::wait_write);
    }
  }

  // The last result of what was sent.
  asio::awaitable<owned_result> receive() {
    co_await flush();
    owned_result last;
    while (true) {
      while (PQisBusy(connection.get()) == 1) {
        co_await wait(stream_descriptor::wait_read);
        if (PQconsumeInput(connection.get()) == 0) throw broken();
      }
      owned_result next(PQgetResult(connection.get()));
      if (!next) break;
      last = std::move(next);
    }
    if (!last) throw broken();
    co_return last;
  }

  // Empty: it is to be sent whole.
  asio::awaitable<std::string> prepared(std::string sql) {
    if (auto const found = statements.find(sql); found != statements.end()) co_return found->second;
    if (statements.size() >= most_statements) co_return std::string();
    std::string const name = "s" + std::to_string(statements.size());
    if (PQsendPrepare(connection.get(), name.c_str(), sql.c_str(), 0, nullptr) == 0) throw broken();
    owned_result const result = co_await receive();
    read_result(result.get());
    statements.emplace(std::move(sql), name);
    co_return name;
  }
};

postgres_connection::postgres_connection(asio::any_io_executor executor)
    : state_(std::make_shared<state>(std::move(executor))) {}

postgres_connection::~postgres_connection() {
  state_->limit.cancel();
  state_->socket.reset();
  state_->connection.reset();
}

asio::awaitable<void> postgres_connection::connect(std::string url) {
  state& s = *state_;
  char const* const keys[] = {"dbname", "client_encoding", "fallback_application_name", nullptr};
  char const* const values[] = {url.c_str(), "UTF8", "parley", nullptr};
  s.connection.reset(PQconnectStartParams(keys, values, 1));
  if (!s.connection || PQstatus(s.connection.get()) == CONNECTION_BAD) throw s.broken();
  auto next = PGRES_POLLING_WRITING;
  while (next != PGRES_POLLING_OK) {
    if (next == PGRES_POLLING_FAILED) throw s.broken();
    s.use_socket();  // it may be another one at each step
    co_await s.wait(next == PGRES_POLLING_READING ? stream_descriptor::wait_read
                                                  : stream_descriptor::wait_write);
    next = PQconnectPoll(s.connection.get());
  }
  s.use_socket();
  if (PQsetnonblocking(s.connection.get(), 1) != 0) throw s.broken();
  PQsetNoticeProcessor(
      s.connection.get(), [](void*, char const*) {}, nullptr);
}

asio::awaitable<sql_rows> postgres_connection::run(std::string_view sql, sql_values parameters) {
  if (sql.starts_with("ROLLBACK")) known.forget();
  try {
    co_return co_await run_on_server(sql, std::move(parameters));
  } catch (sql_error const&) {
    known.forget();
    throw;
  }
}

asio::awaitable<sql_rows> postgres_connection::run_on_server(std::string_view sql, sql_values parameters) {
  state& s = *state_;
  if (!s.connection) throw s.broken();
  std::string text(sql);
  parameter_texts const values(parameters);
  std::string const name = co_await s.prepared(text);
  int const sent = name.empty() ? PQsendQueryParams(s.connection.get(), text.c_str(), values.size(), nullptr,
                                                    values.pointers.data(), nullptr, nullptr, 0)
                                : PQsendQueryPrepared(s.connection.get(), name.c_str(), values.size(),
                                                      values.pointers.data(), nullptr, nullptr, 0);
  if (sent == 0) throw s.broken();
  owned_result const result = co_await s.receive();
  co_return read_result(result.get());
}

void postgres_connection::set_limit(std::chrono::steady_clock::duration time) {
  state_->limit.expires_after(time);
  state_->limit.async_wait([weak = std::weak_ptr(state_)](boost::system::error_code error) {
    auto const alive = weak.lock();
    if (error || !alive) return;
    alive->timed_out = true;
    boost::system::error_code ignored;
    if (alive->socket) alive->socket->cancel(ignored);
  });
}

void postgres_connection::clear_limit() {
  state_->limit.cancel();
}

bool postgres_connection::is_idle() const {
  return !state_->timed_out && state_->connection && PQstatus(state_->connection.get()) == CONNECTION_OK &&
         PQtransactionStatus(state_->connection.get()) == PQTRANS_IDLE;
}

}  // namespace parley
