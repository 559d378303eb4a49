// An agent inside the test, on a thread and a free port of its own: it speaks the Parley agent protocol,
// keeps every request in order, and can let requests wait until the test has done what it wants to do
// meanwhile.
#pragma once

#include "adapters/http/http_message.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace parley::test {

class recording_agent {
 public:
  // Called on the agent's thread, one request at a time.
  using answer = std::function<http_response(nlohmann::json const& step)>;

  explicit recording_agent(answer reply = {});  // by default "Well." to everything
  ~recording_agent();
  recording_agent(recording_agent const&) = delete;
  recording_agent& operator=(recording_agent const&) = delete;

  std::string url() const;

  // Requests behind the first `count` (ever) wait for release().
  void hold_after(std::size_t count);
  void release();

  // Returns when so many requests (ever) have arrived; throws std::runtime_error when the time is up.
  void wait_for_requests(std::size_t count, std::chrono::seconds limit = std::chrono::seconds(60)) const;
  std::size_t count() const;
  std::vector<nlohmann::json> steps() const;       // bodies, in the order of arrival
  std::vector<http_headers> header_lists() const;  // likewise

 private:
  struct state;
  std::unique_ptr<state> state_;
};

// A reply of the protocol with one message.
http_response agent_says(std::string const& text, nlohmann::json const& more = nlohmann::json::object());

}  // namespace parley::test
