#include "adapters/registry_api/run_progress.hpp"

#include "runner/run/run_event.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>

namespace parley {
namespace {

namespace asio = boost::asio;

constexpr std::size_t most_at_once = 200;  // objects of one transaction

wall_time now() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

// Replaces bodies and states; at the run's end its name, which kept a second run out, is given up and the
// marker deleted.
change_rule to_rule(std::vector<object_write> writes, object_key run, object_key marker, bool last) {
  return [=](std::vector<object_state> const& before) -> registry_outcome<change_set> {
    change_set set;
    for (auto const& state : before) {
      object_change change{state.object, std::nullopt};
      for (auto const& write : writes) {
        if (write.key != state.object.key) continue;
        change.after.body = write.body;
        change.after.facets = write.facets;
      }
      if (last && state.object.key == run) {
        change.after.name.clear();
        change.after.name_is_unique = false;
      }
      if (last && state.object.key == marker) change.after.is_deleted = true;
      set.changes.push_back(std::move(change));
    }
    return set;
  };
}

}  // namespace

run_progress::run_progress(asio::any_io_executor executor, registry_store& store,
                           std::unique_ptr<run_book> book, object_key run, object_key marker)
    : executor_(std::move(executor)),
      store_(store),
      book_(std::move(book)),
      run_(std::move(run)),
      marker_(std::move(marker)) {}

void run_progress::on_event(run_event const& event) {
  if (auto const* const started = std::get_if<run_started>(&event.what)) {
    for (auto const& planned : started->plan->cells) cells_.emplace(planned->id.value, cells_.size());
    return;
  }
  if (auto const* const started = std::get_if<trial_started>(&event.what)) {
    book_->trial_started(cells_.at(started->of->id.value), started->trial, now());
  } else if (auto const* const finished = std::get_if<trial_finished>(&event.what)) {
    if (finished->will_retry || !finished->record.detail) return;
    book_->trial_finished(cells_.at(finished->of->id.value), finished->record, *finished->record.detail);
  } else {
    return;
  }
  write_soon();
}

void run_progress::ended(run_record const& run) {
  book_->ended(run);
  over_ = true;
  write_soon();
}

void run_progress::refused(std::string why) {
  book_->refused(why, now());
  over_ = true;
  write_soon();
}

void run_progress::write_soon() {
  dirty_ = true;
  if (writing_) return;
  writing_ = true;
  asio::co_spawn(executor_, write_all(),
                 [self = shared_from_this()](std::exception_ptr) { self->writing_ = false; });
}

asio::awaitable<void> run_progress::pause() const {
  asio::steady_timer timer(executor_, std::chrono::seconds(1));
  co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
}

asio::awaitable<bool> run_progress::write_some(std::vector<object_write> writes, bool last) {
  std::vector<object_key> which;
  which.reserve(writes.size() + 2);
  for (auto const& write : writes) which.push_back(write.key);
  if (last && std::find(which.begin(), which.end(), run_) == which.end()) which.push_back(run_);
  if (last) which.push_back(marker_);
  auto rule = to_rule(std::move(writes), run_, marker_, last);
  auto const changed = co_await store_.change(std::move(which), std::move(rule));
  co_return changed.has_value();
}

// Until nothing is left to write. Writes that fail are tried again: the store may come back.
asio::awaitable<void> run_progress::write_all() {
  while (dirty_) {
    dirty_ = false;
    bool const last = over_;
    auto writes = book_->take_writes();
    while (true) {
      std::size_t const count = std::min(writes.size(), most_at_once);
      std::vector<object_write> some(writes.begin(), writes.begin() + static_cast<std::ptrdiff_t>(count));
      bool const closes = last && count == writes.size();
      bool const written = co_await write_some(std::move(some), closes);
      if (!written) {
        co_await pause();
        continue;
      }
      writes.erase(writes.begin(), writes.begin() + static_cast<std::ptrdiff_t>(count));
      if (writes.empty()) break;
    }
  }
  writing_ = false;
}

}  // namespace parley
