#include "adapters/storage/postgres_pool.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <exception>

namespace parley {

namespace asio = boost::asio;

namespace {

constexpr std::size_t most_waiting = 10000;
constexpr std::chrono::milliseconds first_pause{100};
constexpr std::chrono::milliseconds longest_pause{2000};

// Plans follow the values: one tag is on every object, another on one. Compiling them takes longer than they
// run.
asio::awaitable<void> prepare(postgres_connection& connection) {
  co_await connection.run("SET plan_cache_mode = force_custom_plan", {});
  co_await connection.run("SET jit = off", {});
  co_await connection.run("SET statement_timeout = '10s'", {});
  co_await connection.run("SET idle_in_transaction_session_timeout = '30s'", {});
}

}  // namespace

postgres_pool::postgres_pool(asio::io_context& io, std::string url, std::size_t size, clock::duration limit)
    : io_(io), url_(std::move(url)), size_(size), limit_(limit) {}

postgres_pool::lease::lease(postgres_pool& pool, std::unique_ptr<postgres_connection> connection, bool is_new)
    : pool_(&pool), connection_(std::move(connection)), is_new_(is_new) {}

postgres_pool::lease::~lease() {
  if (connection_) pool_->give_back(std::move(connection_));
}

void postgres_pool::give_back(std::unique_ptr<postgres_connection> connection) {
  connection->clear_limit();
  if (connection->is_idle()) idle_.push_back(std::move(connection));
  free_turn();
}

void postgres_pool::free_turn() {
  --lent_;
  if (waiting_.empty()) return;
  waiting_.front()->cancel();
  waiting_.pop_front();
}

asio::awaitable<void> postgres_pool::wait_for_turn() {
  if (lent_ < size_) co_return;
  if (waiting_.size() >= most_waiting)
    throw sql_error(sql_error::cause::unavailable, "too many operations wait for a connection");
  auto const turn = std::make_shared<asio::steady_timer>(io_, limit_);
  waiting_.push_back(turn);
  auto const [error] = co_await turn->async_wait(asio::as_tuple(asio::use_awaitable));
  if (!error) {
    waiting_.erase(std::remove(waiting_.begin(), waiting_.end(), turn), waiting_.end());
    throw sql_error(sql_error::cause::unavailable, "no connection became free in time");
  }
}

asio::awaitable<std::unique_ptr<postgres_connection>> postgres_pool::made() {
  if (clock::now() < try_again_) throw sql_error(sql_error::cause::unavailable, last_error_);
  auto connection = std::make_unique<postgres_connection>(io_.get_executor());
  connection->set_limit(limit_);
  try {
    co_await connection->connect(url_);
    co_await prepare(*connection);
  } catch (sql_error const& e) {
    last_error_ = e.what();
    pause_ = std::clamp<clock::duration>(pause_ * 2, first_pause, longest_pause);
    try_again_ = clock::now() + pause_;
    throw;
  }
  pause_ = {};
  co_return connection;
}

asio::awaitable<postgres_pool::lease> postgres_pool::acquire() {
  while (lent_ >= size_) co_await wait_for_turn();
  ++lent_;
  if (!idle_.empty()) {
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    connection->set_limit(limit_);
    co_return lease(*this, std::move(connection), false);
  }
  std::unique_ptr<postgres_connection> connection;
  std::exception_ptr failed;
  try {
    connection = co_await made();
  } catch (...) {
    failed = std::current_exception();
  }
  if (failed) {
    free_turn();
    std::rethrow_exception(failed);
  }
  co_return lease(*this, std::move(connection), true);
}

}  // namespace parley
