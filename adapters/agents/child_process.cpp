#include "adapters/agents/child_process.hpp"

#include "adapters/agents/spawned_child.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <signal.h>

#include <array>
#include <cerrno>

namespace parley {

namespace asio = boost::asio;
using boost::system::error_code;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kept_errors = 64 << 10;
constexpr std::size_t most_drained = std::size_t{1} << 20;
constexpr seconds term_after{2};
constexpr seconds kill_after{4};

failure cancelled() {
  return {failure_code::cancelled, "cancelled"};
}

std::string last_line(std::string_view text) {
  while (text.ends_with('\n') || text.ends_with('\r') || text.ends_with(' ')) text.remove_suffix(1);
  if (auto const start = text.rfind('\n'); start != std::string_view::npos) text.remove_prefix(start + 1);
  return std::string(text.substr(0, 200));
}

}  // namespace

struct child_process::state : std::enable_shared_from_this<state> {
  state(asio::io_context& io, spawned_child const& child)
      : pid(child.pid),
        input(io, child.input),
        output(io, child.output),
        errors(io, child.errors),
        limit(io),
        pause(io) {}

  pid_t pid;
  bool ended = false;  // reaped
  asio::posix::stream_descriptor input;
  asio::posix::stream_descriptor output;
  asio::posix::stream_descriptor errors;
  asio::steady_timer limit;  // of the exchange under way
  asio::steady_timer pause;
  bool limit_passed = false;
  std::string received;  // of its output, not yet used
  std::array<char, 16 << 10> piece;
  std::array<char, 4096> error_piece;
  std::string error_text;

  // Drains stderr for as long as there is one, or the child would block on it. It waits and then reads, so
  // that no bytes are under way when drain_errors takes the rest.
  void read_errors() {
    errors.async_wait(asio::posix::stream_descriptor::wait_read, [kept = weak_from_this()](error_code error) {
      auto const self = kept.lock();
      if (!self || error || !self->errors.is_open()) return;
      self->errors.non_blocking(true, error);
      std::size_t const size = error ? 0 : self->errors.read_some(asio::buffer(self->error_piece), error);
      self->error_text.append(self->error_piece.data(), size);
      if (self->error_text.size() > 2 * kept_errors)
        self->error_text.erase(0, self->error_text.size() - kept_errors);
      if (!error || error == asio::error::would_block) self->read_errors();
    });
  }

  void start_limit(time_point deadline) {
    limit_passed = false;
    limit.expires_at(deadline);
    limit.async_wait([kept = weak_from_this()](error_code error) {
      auto const self = kept.lock();
      if (error || !self || self->limit.expiry() > steady_clock::now()) return;
      self->limit_passed = true;
      error_code ignored;
      self->input.cancel(ignored);
      self->output.cancel(ignored);
    });
  }

  // Nothing of its group outlives this.
  void kill_and_reap() {
    if (ended) return;
    signal_group(pid, SIGKILL);
    reap(pid);
    finish();
  }

  // What a process that is gone has left in the pipe; never waits, and never follows one that writes on and
  // on.
  void drain_errors() {
    error_code error;
    for (std::size_t drained = 0; errors.is_open() && !error && drained < most_drained;) {
      errors.non_blocking(true, error);
      std::size_t const size = error ? 0 : errors.read_some(asio::buffer(error_piece), error);
      error_text.append(error_piece.data(), size);
      drained += size;
    }
    if (error_text.size() > kept_errors) error_text.erase(0, error_text.size() - kept_errors);
  }

  // What it wrote unasked since its last reply; never waits. Not while a read is under way.
  void take_unasked_output() {
    error_code error;
    output.non_blocking(true, error);
    std::size_t const size = error ? 0 : output.read_some(asio::buffer(piece), error);
    received.append(piece.data(), size);
  }

  // A child that still talks must not block on a full pipe, nor we on a child that never stops talking.
  void drop_output() {
    error_code error;
    output.non_blocking(true, error);
    for (std::size_t dropped = 0; !error && dropped < most_drained;) {
      std::size_t const size = output.read_some(asio::buffer(piece), error);
      if (received.size() < kept_errors) received.append(piece.data(), size);
      dropped += size;
    }
  }

  // A reply nobody asked for may be the real one to the last request, and an earlier one was taken for it.
  bool has_surplus_reply() const {
    for (std::size_t at = 0; at < received.size();) {
      auto const begin = received.find_first_not_of(" \t\r\n", at);
      if (begin == std::string::npos) return false;
      if (received[begin] == '{') return true;
      at = std::min(received.find('\n', begin), received.size());
    }
    return false;
  }

  void finish() {
    ended = true;
    drain_errors();
    error_code ignored;
    for (auto* each : {&input, &output, &errors}) each->close(ignored);
  }

  failure explain(error_code error, std::string_view what) {
    if (limit_passed)
      return {failure_code::agent_timeout, "no whole reply from the process within the time limit"};
    if (error == asio::error::operation_aborted) return cancelled();
    auto const status = how_ended(pid);
    auto text = status ? "the process ended before it replied, with " + *status
                       : "no reply from the process: " + std::string(what);
    drain_errors();
    if (auto const said = last_line(error_text); !said.empty()) text += "; its last words: " + said;
    return {failure_code::agent_transport, std::move(text)};
  }

  asio::awaitable<std::optional<failure>> write(std::string_view bytes);
  asio::awaitable<outcome<std::string>> read_line(std::size_t line_limit);
  asio::awaitable<void> let_it_end();
};

asio::awaitable<std::optional<failure>> child_process::state::write(std::string_view bytes) {
  while (!bytes.empty()) {
    auto const written = write_without_signal(input.native_handle(), bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
      continue;
    }
    if (errno == EINTR) continue;
    if (errno != EAGAIN) {
      co_await let_it_end();
      co_return explain({}, "it closed its input");
    }
    auto const [error] = co_await input.async_wait(asio::posix::stream_descriptor::wait_write, as_result);
    if (error) co_return explain(error, "it does not read its input");
  }
  co_return std::nullopt;
}

asio::awaitable<outcome<std::string>> child_process::state::read_line(std::size_t line_limit) {
  std::size_t searched = 0;
  for (;;) {
    auto const end = received.find('\n', searched);
    if (end > line_limit && received.size() > line_limit)
      co_return failure(failure_code::agent_protocol, "the process wrote a line of more than " +
                                                          std::to_string(line_limit) + " bytes (max_body)");
    if (end != std::string::npos) {
      std::string line = received.substr(0, end);
      received.erase(0, end + 1);
      if (line.find_first_not_of(" \t\r") != std::string::npos) co_return line;
      searched = 0;
      continue;
    }
    searched = received.size();
    auto const [error, size] = co_await output.async_read_some(asio::buffer(piece), as_result);
    received.append(piece.data(), size);
    if (error == asio::error::eof) co_await let_it_end();
    if (error) co_return explain(error, "it closed its output");
  }
}

// A process that closed its streams is about to end; its status makes the better message.
asio::awaitable<void> child_process::state::let_it_end() {
  for (int i = 0; i < 50 && !how_ended(pid) && !limit_passed; ++i) {
    pause.expires_after(milliseconds(2));
    auto const [error] = co_await pause.async_wait(as_result);
    if (error) break;
  }
  // Its last words may have been read and only wait for their handler.
  co_await asio::post(pause.get_executor(), asio::use_awaitable);
}

outcome<std::unique_ptr<child_process>> child_process::start(asio::io_context& io,
                                                             child_command const& command) {
  auto const child = spawn(command);
  if (child.has_error()) return child.error();
  auto shared = std::make_shared<state>(io, *child);
  shared->read_errors();
  return std::unique_ptr<child_process>(new child_process(std::move(shared)));
}

child_process::~child_process() {
  state_->kill_and_reap();
}

asio::awaitable<outcome<std::string>> child_process::exchange_line(std::string_view line,
                                                                   std::size_t line_limit,
                                                                   time_point deadline) {
  auto const kept = state_;
  kept->take_unasked_output();
  if (kept->received.find_first_not_of(" \t\r\n") != std::string::npos)
    co_return failure(failure_code::agent_protocol,
                      "the process wrote more than one reply line: " + last_line(kept->received));
  kept->start_limit(deadline);
  auto unwritten = co_await kept->write(line);
  if (unwritten) {
    kept->limit.cancel();
    co_return std::move(*unwritten);
  }
  auto answer = co_await kept->read_line(line_limit);
  kept->limit.cancel();
  co_return answer;
}

asio::awaitable<outcome<void>> child_process::end(time_point deadline) {
  auto const kept = state_;
  if (kept->ended) co_return outcome<void>();
  error_code ignored;
  kept->input.close(ignored);
  auto const began = steady_clock::now();
  auto const last = std::min(began + kill_after, deadline);
  bool told = false;
  milliseconds step{1};
  while (!how_ended(kept->pid) && steady_clock::now() < last) {
    if (!told && steady_clock::now() >= began + term_after) {
      signal_group(kept->pid, SIGTERM);
      told = true;
    }
    kept->pause.expires_after(step);
    step = std::min(step * 2, milliseconds(20));
    auto const [error] = co_await kept->pause.async_wait(as_result);
    if (error) {
      kept->kill_and_reap();
      co_return cancelled();
    }
    kept->drop_output();
  }
  if (!kept->ended) kept->drop_output();
  kept->kill_and_reap();
  if (kept->has_surplus_reply())
    co_return failure(
        failure_code::agent_protocol,
        "the process wrote more reply lines than it was sent requests: what stands as its replies may "
        "be one behind");
  co_return outcome<void>();
}

std::string const& child_process::error_output() const {
  return state_->error_text;
}

}  // namespace parley
