// Holds the runs that were started over HTTP on the server's own loop, with the agents and models of the
// server's configuration; each has a folder with its journal and its report.
#pragma once

#include "adapters/cli/settings.hpp"
#include "adapters/registry_api/server_runs.hpp"
#include "runner/run/stop_request.hpp"

#include <boost/asio/io_context.hpp>

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace parley {

class server_run_holder final : public server_runs {
 public:
  // `folder` holds a folder for every run. Everything borrowed outlives this; at most `most_at_once` runs are
  // held at a time, the others wait.
  server_run_holder(boost::asio::io_context& io, settings const& configuration, std::string folder,
                    std::size_t most_at_once = 4);
  ~server_run_holder() override;

  void start(server_run run, std::shared_ptr<run_listener> heard) override;
  bool cancel(std::string const& id) override;
  outcome<std::string> report(std::string const& id) const override;
  bool has_user_model(std::string const& name) const override;

  // Cuts every run off; they go on when the server is started again. `done` is called when all have ended.
  void stop(std::function<void()> done);

 private:
  struct held;

  void begin_next();
  void ended(std::shared_ptr<held> const& run, std::exception_ptr thrown);
  boost::asio::awaitable<void> hold(std::shared_ptr<held> run);

  boost::asio::io_context& io_;
  settings const& configuration_;
  std::string folder_;
  std::size_t most_at_once_;
  std::map<std::string, std::shared_ptr<held>> running_;
  std::deque<std::shared_ptr<held>> waiting_;
  std::function<void()> when_idle_;
  bool stopping_ = false;
};

}  // namespace parley
