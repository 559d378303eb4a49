// One attempt at a request: what came of it, what it says to the endpoint's limiter, and how it is told.
#pragma once

#include "adapters/http/http_message.hpp"
#include "adapters/http/http_url.hpp"
#include "runner/failure.hpp"
#include "runner/run/limiter.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace parley {

// A reply of any status, or trouble.
struct http_attempt {
  std::optional<failure> trouble;
  bool may_be_tried_again = false;  // the agent cannot have acted, or may act twice
  int status = 0;
  std::string body;
  std::string location;
  std::string retry_after;
  http_headers quotas;
  std::string agent_version;
  int retries = 0;
};

// Whether it was refused for there were too many, and whether the endpoint wants to be left alone now.
limit_report report_of(http_attempt const& last);

// Why the endpoint wants to be left alone, in its words: "Retry-After: 30".
std::string words_of(http_attempt const& last);

// "HOST answered with status 500 after 3 retries: ..."
failure bad_status(http_origin const& origin, http_attempt const& last, int retries);
// "it said Retry-After: 3600, which is later than the time limit", of the host.
std::string later_than_the_limit(http_origin const& origin, std::string const& words);

// What one request has spent on an endpoint's wishes.
class time_waited {
 public:
  // Without words it was not the endpoint's wish.
  void add(std::chrono::steady_clock::duration time, std::string const& words);
  // Told where the time limit has passed.
  void explain(failure& why, http_origin const& origin) const;

 private:
  std::chrono::steady_clock::duration total_{0};
  std::string because_;
};

}  // namespace parley
