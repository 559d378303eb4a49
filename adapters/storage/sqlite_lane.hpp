// A SQLite connection on a thread of its own. Callers await on the io thread; what they ask for meanwhile is
// taken together: one transaction, and so one wait for the disk, for all of it.
#pragma once

#include "adapters/storage/sqlite_connection.hpp"
#include "adapters/storage/store_operation.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace parley {

class sqlite_lane {
 public:
  enum class use { reads, writes };

  // What operations leave to be done while nothing is asked for, or at once when more than `most_left` have
  // left some: as much as `at_most` of them left, in a transaction of its own. False: there is no more.
  struct spare_work {
    std::function<boost::asio::awaitable<bool>(sql_session&, std::size_t at_most)> perform;
    std::size_t most_left;
  };

  // `home` outlives the lane and runs what awaits. At most `together` operations share a transaction.
  sqlite_lane(boost::asio::io_context& home, std::unique_ptr<sqlite_connection> connection, use what,
              std::size_t together = 1000, spare_work spare = {});
  // Performs what was asked for, then ends the thread.
  ~sqlite_lane();
  sqlite_lane(sqlite_lane const&) = delete;
  sqlite_lane& operator=(sqlite_lane const&) = delete;

  // Awaited on `home`. unavailable: the database failed, or too many wait already.
  template <class T>
  boost::asio::awaitable<registry_outcome<T>> perform(store_operation<T> operation);

  // One operation and who waits for it.
  class job {
   public:
    virtual ~job() = default;
    virtual boost::asio::awaitable<bool> perform(sql_session& s) = 0;  // false: take it back
    virtual void fail(registry_error error) = 0;
    virtual void complete() = 0;  // on `home`
  };

 private:
  template <class T, class Handler>
  class job_of;

  void submit(std::unique_ptr<job> wanted);
  void hand_over();
  void run_thread();
  // Empty: there is spare work, and nothing was asked for during `patience`. None: the lane ends.
  std::optional<std::vector<std::unique_ptr<job>>> next_jobs(std::chrono::milliseconds patience);
  void do_spare_work(std::size_t at_most);
  boost::asio::awaitable<bool> perform_spare(std::size_t at_most);
  template <class T>
  T run_here(boost::asio::awaitable<T> work);
  void take_back();
  void perform_together(std::vector<std::unique_ptr<job>> const& jobs);
  boost::asio::awaitable<void> perform_all(std::vector<std::unique_ptr<job>> const& jobs);
  // How far what one operation wrote can be taken back alone.
  enum class undo { with_all, alone };
  // False: only together with everything else of the transaction.
  boost::asio::awaitable<bool> perform_each(std::vector<std::unique_ptr<job>> const& jobs, undo how);
  boost::asio::awaitable<bool> perform_one(job& wanted, undo how);
  boost::asio::awaitable<bool> try_once(job& wanted, undo how, bool& again);

  boost::asio::io_context& home_;
  std::unique_ptr<sqlite_connection> connection_;
  use const use_;
  std::size_t const together_;
  boost::asio::io_context here_{1};
  // Asked for in this turn of `home`. Shared with the turn's end, which may come after the lane's.
  std::shared_ptr<std::vector<std::unique_ptr<job>>> asked_ =
      std::make_shared<std::vector<std::unique_ptr<job>>>();
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<std::unique_ptr<job>> waiting_;
  bool ending_ = false;
  spare_work const spare_;
  std::size_t left_ = 0;  // operations that may have left spare work; the thread's
  std::thread thread_;    // last: it uses all of the above
};

template <class T, class Handler>
class sqlite_lane::job_of final : public job {
 public:
  job_of(Handler handler, store_operation<T> operation, boost::asio::io_context& home)
      : handler_(std::move(handler)), operation_(std::move(operation)), keeps_running_(home.get_executor()) {}

  boost::asio::awaitable<bool> perform(sql_session& s) override {
    result_ = co_await operation_(s);
    co_return result_.has_value();
  }
  void fail(registry_error error) override { result_ = std::move(error); }
  void complete() override {
    Handler handler(std::move(handler_));
    keeps_running_.reset();
    std::move(handler)(std::move(result_));
  }

 private:
  Handler handler_;
  store_operation<T> operation_;
  registry_outcome<T> result_ = registry_error();
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> keeps_running_;
};

template <class T>
boost::asio::awaitable<registry_outcome<T>> sqlite_lane::perform(store_operation<T> operation) {
  return boost::asio::async_initiate<boost::asio::use_awaitable_t<> const, void(registry_outcome<T>)>(
      [this](auto handler, store_operation<T> wanted) {
        using handler_type = decltype(handler);
        submit(std::make_unique<job_of<T, handler_type>>(std::move(handler), std::move(wanted), home_));
      },
      boost::asio::use_awaitable, std::move(operation));
}

}  // namespace parley
