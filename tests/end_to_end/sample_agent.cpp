#include "tests/end_to_end/sample_agent.hpp"

#include "tests/support/project_paths.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

namespace parley::test {
namespace {

child_command agent_command(std::string const& fault, std::vector<std::string> const& more) {
  child_command command({agent_program(), "--listen", "127.0.0.1:0", "--fault", fault});
  command.arguments.insert(command.arguments.end(), more.begin(), more.end());
  return command;
}

}  // namespace

std::string agent_program() {
  return build_path("order_support_agent");
}

std::string parley_program() {
  return build_path("parley");
}

sample_agent::sample_agent(std::string const& fault, std::vector<std::string> const& more)
    : process_(agent_command(fault, more)) {
  std::string const announced = "listening on ";
  std::string const line = process_.first_line();
  if (!line.starts_with(announced)) throw std::runtime_error("unexpected first line: " + line);
  url_ = line.substr(announced.size());
}

std::string sample_agent::post_raw(std::string const& body) const {
  namespace asio = boost::asio;
  asio::io_context io;
  auto const port = static_cast<unsigned short>(std::stoi(url_.substr(url_.rfind(':') + 1)));
  asio::ip::tcp::socket socket(io);
  socket.connect({asio::ip::address_v4::loopback(), port});
  std::string const request =
      "POST /chat HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: " +
      std::to_string(body.size()) + "\r\n\r\n" + body;
  asio::write(socket, asio::buffer(request));
  std::string reply;
  boost::system::error_code ended;
  asio::read(socket, asio::dynamic_buffer(reply), ended);
  return reply;
}

nlohmann::json sample_agent::post(nlohmann::json const& step) const {
  std::string const reply = post_raw(step.dump());
  auto const body = reply.find("\r\n\r\n");
  if (!reply.starts_with("HTTP/1.1 200") || body == reply.npos)
    throw std::runtime_error("no good reply: " + reply);
  return nlohmann::json::parse(reply.substr(body + 4));
}

nlohmann::json protocol_step(std::string const& type, nlohmann::json const& content,
                             nlohmann::json const& more) {
  nlohmann::json step{
      {"protocol", 1},
      {"conversation_id", "talk"},
      {"type", type},
      {"content", content},
      {"starts_at", "2026-11-20T09:00:00Z"},
      {"now", "2026-11-20T09:00:00Z"},
      {"user", {{"language", "eng"}, {"timezone", "UTC"}, {"variables", nlohmann::json::object()}}},
      {"variables", nlohmann::json::object()}};
  step.update(more);
  return step;
}

}  // namespace parley::test
