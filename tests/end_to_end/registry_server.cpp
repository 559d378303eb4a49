#include "tests/end_to_end/registry_server.hpp"

#include "adapters/http/http_client.hpp"
#include "tests/end_to_end/sample_agent.hpp"
#include "tests/support/run_on.hpp"

#include <boost/asio/io_context.hpp>
#include <signal.h>

#include <sstream>
#include <stdexcept>
#include <thread>

namespace parley::test {

using nlohmann::json;

registry_server::registry_server(std::vector<std::string> more) : more_(std::move(more)) {}

void registry_server::start() {
  child_command command({parley_program(), "serve", "--listen", "127.0.0.1:0", "--db", "registry.db"});
  command.arguments.insert(command.arguments.end(), more_.begin(), more_.end());
  command.directory = folder_.path().string();
  process_ = std::make_unique<child_process>(command);
  std::string const line = process_->first_line();
  if (!line.starts_with("listening on ")) throw std::runtime_error("the server said: " + line);
  url_ = line.substr(std::string("listening on ").size());
}

void registry_server::kill() {
  ::kill(process_->id(), SIGKILL);
  process_->wait();
  process_.reset();
}

int registry_server::stop() {
  int const code = process_->stop();
  process_.reset();
  return code;
}

void registry_server::agent(std::string const& url) const {
  folder_.write("parley.yaml", "agents:\n  support: {type: http, url: \"" + url + "\", version: \"1.0\"}\n");
}

served_reply registry_server::send(std::string const& method, std::string const& target, json const& body,
                                   std::vector<std::pair<std::string, std::string>> const& headers) const {
  boost::asio::io_context io;
  http_client_settings settings;
  settings.returns_refusals = true;
  settings.max_retries = 0;
  http_client client(io, std::move(settings));
  auto route = client.prepare(method, url_ + target, headers);
  if (!route) throw std::runtime_error(route.error().detail);
  std::string const text = body.is_null() ? "" : body.dump();
  auto const deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  auto const reply = run_on(io, client.send(*std::move(route), text, deadline));
  if (!reply) throw std::runtime_error(method + " " + target + ": " + reply.error().detail);
  served_reply seen;
  seen.status = reply->status;
  seen.text = reply->body;
  seen.body = json::parse(reply->body, nullptr, false);
  if (seen.body.is_discarded()) seen.body = nullptr;
  return seen;
}

std::string registry_server::create(std::string const& target, json const& body) const {
  auto const reply = send("POST", target, body);
  if (reply.status != 201) throw std::runtime_error(target + ": " + reply.body.dump());
  return reply.body.begin().value().get<std::string>();
}

json registry_server::until(std::string const& target, bool (*ready)(json const&)) const {
  auto const deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  for (;;) {
    auto const reply = get(target);
    if (reply.status == 200 && ready(reply.body)) return reply.body;
    if (std::chrono::steady_clock::now() > deadline)
      throw std::runtime_error("never ready: " + reply.body.dump());
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

std::vector<json> registry_server::manage(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), parley_program());
  arguments.insert(arguments.end(), {"--db", "registry.db"});
  child_command command(std::move(arguments));
  command.directory = folder_.path().string();
  child_process process(command);
  if (process.wait() != 0) throw std::runtime_error(process.err());
  std::vector<json> lines;
  std::istringstream out(process.out());
  for (std::string line; std::getline(out, line);) lines.push_back(json::parse(line));
  return lines;
}

}  // namespace parley::test
