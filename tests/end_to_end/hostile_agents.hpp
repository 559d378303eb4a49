// Agents that misbehave, and one that does not, each on a free port of this machine. A thread of its own
// serves them for as long as this object lives.
#pragma once

#include "adapters/http/http_message.hpp"
#include "tests/support/certificate_files.hpp"
#include "tests/support/loopback_server.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace parley::test {

class flooding_server;

class hostile_agents {
 public:
  hostile_agents();
  ~hostile_agents();
  hostile_agents(hostile_agents const&) = delete;
  hostile_agents& operator=(hostile_agents const&) = delete;

  // All of them return a URL.
  std::string well_behaved();
  // Gives the answers in this order, and the last one again and again.
  std::string answering(std::deque<http_response> answers);
  // Behind TLS, with a certificate for `names`; `ca_file` is set to the authority that signed it.
  std::string behind_tls(std::string const& names, std::string& ca_file);
  // Sends `head` and then `piece` that many times, or until the client hangs up.
  std::string flooding(std::string head, std::string piece, std::size_t times);
  // Takes connections and never says a word.
  std::string silent();
  // Answers each request by sending the client back to where it came from.
  std::string redirecting_to_itself();
  // Nobody listens there.
  static std::string unreachable();

  // How many requests the answering agent at this URL has received.
  std::size_t requests_to(std::string const& url);

 private:
  std::string on_loop(std::function<std::string()> add);

  boost::asio::io_context io_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> working_{io_.get_executor()};
  std::vector<std::unique_ptr<loopback_server>> answering_;
  std::vector<std::unique_ptr<certificate_files>> certificates_;
  std::vector<std::unique_ptr<flooding_server>> flooding_;
  std::thread thread_;
};

// Replies to be given.
http_response saying(std::string const& text);  // ends the conversation
http_response raw_reply(std::string bytes);     // in place of HTTP, then closed
http_response with_location(int status, std::string location);

}  // namespace parley::test
