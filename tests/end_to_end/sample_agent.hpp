// The real order_support_agent on a free port of this machine, and what it answers to plain HTTP.
#pragma once

#include "tests/support/child_process.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace parley::test {

class sample_agent {
 public:
  explicit sample_agent(std::string const& fault = "none", std::vector<std::string> const& more = {});

  std::string const& url() const { return url_; }
  child_process& process() { return process_; }

  // The whole reply to one POST as it came over the wire, until the agent closed.
  std::string post_raw(std::string const& body) const;
  // The JSON of a reply.
  nlohmann::json post(nlohmann::json const& step) const;

 private:
  child_process process_;
  std::string url_;
};

std::string agent_program();  // paths in the build directory
std::string parley_program();

// A request of the Parley agent protocol; `more` is merged over it.
nlohmann::json protocol_step(std::string const& type, nlohmann::json const& content,
                             nlohmann::json const& more = nlohmann::json::object());

}  // namespace parley::test
