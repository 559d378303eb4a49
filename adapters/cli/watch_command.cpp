#include "adapters/cli/watch_command.hpp"

#include "adapters/cli/drive.hpp"
#include "adapters/cli/project_root.hpp"
#include "adapters/cli/run_command.hpp"
#include "adapters/system/file_stamps.hpp"
#include "adapters/system/key_presses.hpp"
#include "adapters/system/process_signals.hpp"
#include "reports/safe_text.hpp"
#include "runner/amount_text.hpp"
#include "runner/run/stop_request.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <iostream>
#include <optional>

namespace parley {
namespace {

namespace fs = std::filesystem;
namespace asio = boost::asio;

constexpr std::chrono::milliseconds look_again{250};
constexpr std::size_t most_named = 3;

// What a run reads, and no run writes.
bool is_input(std::string const& path) {
  return path == "parley.yaml" || path == ".env" || path.starts_with("scenarios/") ||
         path.starts_with("personas/") || path.starts_with("tests/");
}

// Why the next run begins; nullopt: there is none.
struct next_run {
  std::string why;
  bool only_failed = false;
};

// Looks at the files and listens to the keys between two runs, and to Ctrl-C all the time: a signal that
// comes when a run has just ended must not be lost.
class watcher {
 public:
  explicit watcher(fs::path root)
      : root_(std::move(root)),
        timer_(io_),
        signals_(io_, stop_, [this](stop_request::level) { timer_.cancel(); }) {}

  // nullopt: somebody ended it.
  std::optional<next_run> wait(file_stamps seen) {
    seen_ = std::move(seen);
    last_.clear();
    next_.reset();
    key_presses const keys(io_, [this](char key) {
      pressed(key);
      timer_.cancel();
    });
    drive(io_, look());
    return next_;
  }

 private:
  bool ended() const { return stop_.draining() || left_; }

  asio::awaitable<void> look() {
    while (!ended() && !next_) {
      timer_.expires_after(look_again);
      auto const [error] = co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));
      if (!error) compare();
    }
  }

  // Editors write in several steps: a change counts when the next look finds nothing newer.
  void compare() {
    auto now = stamps_below(root_);
    bool const quiet = changed_files(last_, now).empty();
    last_ = std::move(now);
    if (!quiet) return;
    if (auto const files = changed_files(seen_, last_); !files.empty())
      next_ = next_run{safe_line(listed(files, most_named)) + " changed"};
  }

  void pressed(char key) {
    if (key == 'q') left_ = true;
    if (key == '\n' || key == '\r') next_ = next_run{"asked to"};
    if (key == 'f') next_ = next_run{"asked to, only what failed", true};
  }

  fs::path root_;
  asio::io_context io_{1};
  stop_request stop_;
  asio::steady_timer timer_;
  process_signals signals_;
  file_stamps seen_;  // the changes are against this
  file_stamps last_;  // of the last look
  std::optional<next_run> next_;
  bool left_ = false;
};

// Where the run's inputs are. A project that cannot be read yet is watched until it can.
fs::path watched_root(run_options const& options) {
  input_problems told_by_the_run;
  auto const root =
      find_project(options.configuration.file, fs::current_path().string(), told_by_the_run).root;
  return root.empty() ? fs::path(".") : fs::path(root);
}

// Inputs as they were before the run, everything else as it is now.
file_stamps seen_by_run(file_stamps const& before, file_stamps now) {
  std::erase_if(now, [](auto const& one) { return is_input(one.first); });
  for (auto const& one : before)
    if (is_input(one.first)) now.insert(one);
  return now;
}

}  // namespace

int watch_command(run_options const& options) {
  auto const root = watched_root(options);
  watcher watching(root);
  run_options wanted = options;
  while (true) {
    auto const before = stamps_below(root);
    int const code = run_command(wanted);
    if (code > 128) return code;
    std::cerr << "\nwatching " << root.lexically_normal().string()
              << ": Enter runs again, f only what failed, q ends" << std::endl;
    auto const next = watching.wait(seen_by_run(before, stamps_below(root)));
    if (!next) return code;
    std::cerr << "running again: " << next->why << "\n" << std::endl;
    wanted = options;
    if (next->only_failed) wanted.selection.last_failed = true;
  }
}

}  // namespace parley
