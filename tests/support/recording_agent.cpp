#include "tests/support/recording_agent.hpp"

#include "adapters/http/http_server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <condition_variable>
#include <limits>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace parley::test {

namespace asio = boost::asio;

struct recording_agent::state {
  explicit state(answer given)
      : reply(std::move(given)),
        gate(io, asio::steady_timer::time_point::max()),
        server(io, {asio::ip::address_v4::loopback(), 0},
               [this](http_request request) { return serve(std::move(request)); }),
        work(asio::make_work_guard(io)),
        thread([this] { io.run(); }) {}

  asio::awaitable<http_response> serve(http_request request);

  answer reply;
  asio::io_context io;
  asio::steady_timer gate;  // never fires; cancelled when held requests may go on
  http_server server;
  asio::executor_work_guard<asio::io_context::executor_type> work;

  mutable std::mutex mutex;
  mutable std::condition_variable arrived;
  std::vector<nlohmann::json> steps;
  std::vector<http_headers> headers;
  std::size_t free_until = std::numeric_limits<std::size_t>::max();

  std::thread thread;  // last: it uses everything above
};

asio::awaitable<http_response> recording_agent::state::serve(http_request request) {
  auto const step = nlohmann::json::parse(request.body);
  std::size_t number = 0;
  {
    std::lock_guard const lock(mutex);
    steps.push_back(step);
    headers.push_back(request.headers);
    number = steps.size();
  }
  arrived.notify_all();
  for (bool held = true; held;) {
    {
      std::lock_guard const lock(mutex);
      held = number > free_until;
    }
    if (held) co_await gate.async_wait(asio::as_tuple(asio::use_awaitable));
  }
  co_return reply(step);
}

recording_agent::recording_agent(answer reply)
    : state_(std::make_unique<state>(reply ? std::move(reply)
                                           : [](nlohmann::json const&) { return agent_says("Well."); })) {}

recording_agent::~recording_agent() {
  state_->io.stop();
  state_->thread.join();
}

std::string recording_agent::url() const {
  return "http://127.0.0.1:" + std::to_string(state_->server.port());
}

void recording_agent::hold_after(std::size_t count) {
  std::lock_guard const lock(state_->mutex);
  state_->free_until = count;
}

void recording_agent::release() {
  hold_after(std::numeric_limits<std::size_t>::max());
  asio::post(state_->io, [gate = &state_->gate] { gate->cancel(); });
}

void recording_agent::wait_for_requests(std::size_t count, std::chrono::seconds limit) const {
  std::unique_lock lock(state_->mutex);
  if (!state_->arrived.wait_for(lock, limit, [&] { return state_->steps.size() >= count; }))
    throw std::runtime_error("only " + std::to_string(state_->steps.size()) + " of " + std::to_string(count) +
                             " requests arrived");
}

std::size_t recording_agent::count() const {
  std::lock_guard const lock(state_->mutex);
  return state_->steps.size();
}

std::vector<nlohmann::json> recording_agent::steps() const {
  std::lock_guard const lock(state_->mutex);
  return state_->steps;
}

std::vector<http_headers> recording_agent::header_lists() const {
  std::lock_guard const lock(state_->mutex);
  return state_->headers;
}

http_response agent_says(std::string const& text, nlohmann::json const& more) {
  nlohmann::json reply{{"messages", {{{"content", text}}}}};
  reply.update(more);
  return http_response(200, reply.dump());
}

}  // namespace parley::test
