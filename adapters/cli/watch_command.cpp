#include "adapters/cli/watch_command.hpp"

#include "adapters/cli/drive.hpp"
#include "adapters/cli/project_root.hpp"
#include "adapters/cli/run_command.hpp"
#include "adapters/system/file_stamps.hpp"
#include "adapters/system/key_presses.hpp"
#include "adapters/system/process_signals.hpp"
#include "reports/safe_text.hpp"
#include "runner/run/stop_request.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
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

std::string named(std::vector<std::string> const& files) {
  std::string text;
  for (std::size_t i = 0; i < std::min(files.size(), most_named); ++i)
    text += (i == 0 ? "" : ", ") + safe_line(files[i]);
  if (files.size() > most_named) text += " and " + std::to_string(files.size() - most_named) + " more";
  return text;
}

// Why the next run begins; nullopt: there is none.
struct next_run {
  std::string why;
  bool only_failed = false;
};

// Between two runs: looks at the files and listens to the keys.
class pause_between {
 public:
  pause_between(fs::path root, file_stamps seen) : root_(std::move(root)), seen_(std::move(seen)) {}

  std::optional<next_run> wait() {
    asio::io_context io{1};
    stop_request stop;
    asio::steady_timer timer(io);
    process_signals const signals(io, stop, [&](stop_request::level) {
      ended_ = true;
      timer.cancel();
    });
    key_presses const keys(io, [&](char key) {
      pressed(key);
      if (ended_ || next_) timer.cancel();
    });
    drive(io, look(timer));
    return next_;
  }

 private:
  asio::awaitable<void> look(asio::steady_timer& timer) {
    while (!ended_ && !next_) {
      timer.expires_after(look_again);
      auto const [error] = co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
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
      next_ = next_run{named(files) + " changed"};
  }

  void pressed(char key) {
    if (key == 'q') ended_ = true;
    if (key == '\n' || key == '\r' || key == 'a') next_ = next_run{"asked to"};
    if (key == 'f') next_ = next_run{"asked to, only what failed", true};
  }

  fs::path root_;
  file_stamps seen_;  // the changes are against this
  file_stamps last_;  // of the last look
  std::optional<next_run> next_;
  bool ended_ = false;
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
  run_options wanted = options;
  while (true) {
    auto const before = stamps_below(root);
    int const code = run_command(wanted);
    if (code > 128) return code;
    std::cerr << "\nwatching " << root.lexically_normal().string()
              << ": Enter runs again, f only what failed, q ends" << std::endl;
    auto const next = pause_between(root, seen_by_run(before, stamps_below(root))).wait();
    if (!next) return code;
    std::cerr << "running again: " << next->why << "\n" << std::endl;
    wanted = options;
    if (next->only_failed) wanted.selection.last_failed = true;
  }
}

}  // namespace parley
