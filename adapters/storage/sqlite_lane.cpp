#include "adapters/storage/sqlite_lane.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>

#include <algorithm>
#include <exception>

namespace parley {

namespace asio = boost::asio;

namespace {

constexpr std::size_t most_waiting = 20000;
constexpr std::size_t most_reads = 32;          // handed over together
constexpr std::chrono::milliseconds quiet{50};  // so long nothing is asked for before spare work begins
constexpr std::size_t spare_piece = 200;        // whoever asks meanwhile waits for it

}  // namespace

sqlite_lane::sqlite_lane(asio::io_context& home, std::unique_ptr<sqlite_connection> connection, use what,
                         std::size_t together, spare_work spare)
    : home_(home),
      connection_(std::move(connection)),
      use_(what),
      together_(together),
      spare_(std::move(spare)),
      left_(spare_.perform ? 1 : 0),
      thread_([this] { run_thread(); }) {}

sqlite_lane::~sqlite_lane() {
  hand_over();
  {
    std::lock_guard const lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

// What one turn of `home` asks for goes over together: one lock, one waking and one transaction. Reads need
// not wait for so many others.
void sqlite_lane::submit(std::unique_ptr<job> wanted) {
  if (asked_->empty())
    asio::post(home_, [this, kept = asked_] {
      if (!kept->empty()) hand_over();
    });
  asked_->push_back(std::move(wanted));
  if (use_ == use::reads && asked_->size() >= most_reads) hand_over();
}

void sqlite_lane::hand_over() {
  bool idle = false;
  {
    std::lock_guard const lock(mutex_);
    idle = waiting_.empty();
    auto const room = std::min(most_waiting - waiting_.size(), asked_->size());
    auto const end = asked_->begin() + static_cast<std::ptrdiff_t>(room);
    std::move(asked_->begin(), end, std::back_inserter(waiting_));
    asked_->erase(asked_->begin(), end);
  }
  if (idle) wake_.notify_one();
  for (auto& each : *asked_) {
    each->fail(registry_error(registry_refusal::unavailable, "the registry has too much to do"));
    asio::post(home_, [refused = std::move(each)] { refused->complete(); });
  }
  asked_->clear();
}

// SQLite answers at once, so the coroutine never waits and one turn of the loop brings it to its end.
template <class T>
T sqlite_lane::run_here(asio::awaitable<T> work) {
  auto ended = asio::co_spawn(here_, std::move(work), asio::use_future);
  here_.restart();
  here_.run();
  return ended.get();
}

void sqlite_lane::run_thread() {
  std::chrono::milliseconds patience{0};
  while (auto jobs = next_jobs(patience)) {
    patience = jobs->empty() ? std::chrono::milliseconds(0) : quiet;
    if (jobs->empty()) {
      do_spare_work(spare_piece);
      continue;
    }
    std::size_t const count = jobs->size();
    perform_together(*jobs);
    asio::post(home_, [done = std::move(*jobs)] {
      for (auto const& finished : done) finished->complete();
    });
    if (spare_.perform) left_ += count;
    if (left_ > spare_.most_left) do_spare_work(count);
  }
}

std::optional<std::vector<std::unique_ptr<sqlite_lane::job>>> sqlite_lane::next_jobs(
    std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  auto const is_asked = [&] { return ending_ || !waiting_.empty(); };
  if (left_ == 0)
    wake_.wait(lock, is_asked);
  else
    wake_.wait_for(lock, patience, is_asked);
  if (ending_ && waiting_.empty()) return std::nullopt;
  std::vector<std::unique_ptr<job>> jobs;
  auto const end = waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(together_, waiting_.size()));
  std::move(waiting_.begin(), end, std::back_inserter(jobs));
  waiting_.erase(waiting_.begin(), end);
  return jobs;
}

asio::awaitable<bool> sqlite_lane::perform_spare(std::size_t at_most) {
  connection_->run_now("BEGIN IMMEDIATE");
  bool const more = co_await spare_.perform(*connection_, at_most);
  connection_->run_now("COMMIT");
  co_return more;
}

// What fails is done some time after the next operation.
void sqlite_lane::do_spare_work(std::size_t at_most) {
  bool more = false;
  try {
    more = run_here(perform_spare(at_most));
  } catch (std::exception const&) {
    take_back();
  }
  if (!more) left_ = 0;
}

void sqlite_lane::take_back() {
  try {
    if (connection_->in_transaction()) connection_->run_now("ROLLBACK");
  } catch (sql_error const&) {  // the next BEGIN will say
  }
}

void sqlite_lane::perform_together(std::vector<std::unique_ptr<job>> const& jobs) {
  registry_error error(registry_refusal::unavailable, "the registry's database failed");
  try {
    return run_here(perform_all(jobs));
  } catch (sql_error const& e) {
    error = refusal_of(e);
  } catch (std::exception const& e) {
    error.detail = e.what();
  }
  // Nothing of this transaction was kept, and what was refused may have been refused for what is gone.
  for (auto const& asked : jobs) asked->fail(error);
  take_back();
}

// A savepoint around each operation would make the search index write what it gathered, and SQLite copy every
// page before it changes. Few operations are refused, and fewer still after they have written: then
// everything is done once more, with savepoints.
asio::awaitable<void> sqlite_lane::perform_all(std::vector<std::unique_ptr<job>> const& jobs) {
  std::string_view const begin = use_ == use::writes ? "BEGIN IMMEDIATE" : "BEGIN";
  connection_->run_now(begin);
  bool const done = co_await perform_each(jobs, undo::with_all);
  if (!done) {
    connection_->run_now("ROLLBACK");
    connection_->run_now(begin);
    co_await perform_each(jobs, undo::alone);
  }
  connection_->run_now("COMMIT");
}

asio::awaitable<bool> sqlite_lane::perform_each(std::vector<std::unique_ptr<job>> const& jobs, undo how) {
  for (auto const& asked : jobs) {
    bool const done = co_await perform_one(*asked, how);
    if (!done) co_return false;
  }
  co_return true;
}

asio::awaitable<bool> sqlite_lane::perform_one(job& wanted, undo how) {
  bool again = true;
  for (int tries = 1; again && tries <= most_tries; ++tries) {
    bool const done = co_await try_once(wanted, how, again);
    if (!done) co_return false;
  }
  co_return true;
}

// `again`: the time it drew was taken. False: it must be taken back with all others. Throws when the whole
// transaction is lost.
asio::awaitable<bool> sqlite_lane::try_once(job& wanted, undo how, bool& again) {
  bool keep = false;
  again = false;
  bool const alone = how == undo::alone && use_ == use::writes;
  std::int64_t const changes = connection_->changes();
  if (alone) connection_->run_now("SAVEPOINT job");
  try {
    keep = co_await wanted.perform(*connection_);
  } catch (sql_error const& e) {
    wanted.fail(refusal_of(e));
    again = is_worth_another_try(e);
  } catch (std::exception const& e) {  // a bug: its caller hears of it, the others don't
    wanted.fail(registry_error(registry_refusal::unavailable, e.what()));
  }
  if (use_ == use::reads) co_return true;
  if (!connection_->in_transaction())
    throw sql_error(sql_error::cause::unavailable, "the database or its disk is full");
  if (!alone) co_return keep || connection_->changes() == changes;
  if (!keep) connection_->run_now("ROLLBACK TO job");
  connection_->run_now("RELEASE job");
  co_return true;
}

}  // namespace parley
