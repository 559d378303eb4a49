// Carries what a run's book says into the store, a little behind the run itself: one write at a time, the
// last one until it succeeds.
#pragma once

#include "adapters/registry_api/run_book.hpp"
#include "adapters/registry_api/server_runs.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <map>
#include <memory>
#include <string>

namespace parley {

// Owned by whoever holds the run, and by its own writes. `store` outlives it.
class run_progress final : public run_listener, public std::enable_shared_from_this<run_progress> {
 public:
  // `run` is the object of the run, `marker` the one that says it is unfinished: it is deleted at the end.
  run_progress(boost::asio::any_io_executor executor, registry_store& store, std::unique_ptr<run_book> book,
               object_key run, object_key marker);

  void on_event(run_event const& event) override;
  void ended(run_record const& run) override;
  void refused(std::string why) override;

 private:
  void write_soon();
  boost::asio::awaitable<void> write_all();
  boost::asio::awaitable<bool> write_some(std::vector<object_write> writes, bool last);
  boost::asio::awaitable<void> pause() const;

  boost::asio::any_io_executor executor_;
  registry_store& store_;
  std::unique_ptr<run_book> book_;
  object_key run_;
  object_key marker_;
  std::map<std::string, std::size_t> cells_;  // id -> place in the plan
  bool writing_ = false;
  bool dirty_ = false;
  bool over_ = false;
};

}  // namespace parley
