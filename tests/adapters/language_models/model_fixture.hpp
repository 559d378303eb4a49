// A language model made from settings, and the server it asks.
#pragma once

#include "adapters/language_models/model_factory.hpp"
#include "tests/support/loopback_server.hpp"
#include "tests/support/run_on.hpp"

#include <boost/asio/io_context.hpp>
#include <nlohmann/json.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace parley::test {

struct model_fixture {
  boost::asio::io_context io{1};
  loopback_server server{io};
  model_settings settings;
  model_request request;
  std::unique_ptr<language_model> tested;
  std::chrono::milliseconds limit{5000};

  model_fixture() {
    settings.name = "small";
    settings.url = server.url("/v1");
    settings.model = "gpt-4o-mini";
    settings.api_key = "sk-very-secret";
    add(model_message::speaker::system, "Be brief.");
    add(model_message::speaker::user, "Hello?");
  }
  ~model_fixture() { tested.reset(); }

  model_message& add(model_message::speaker from, std::string content) {
    auto& said = request.messages.emplace_back();
    said.from = from;
    said.content = std::move(content);
    return said;
  }
  void want_shape() {
    auto& shape = request.shape.emplace();
    shape.name = "line";
    shape.schema = json_value(nlohmann::json::parse(
        R"({"type":"object","properties":{"message":{"type":"string"}},"required":["message"],
            "additionalProperties":false})"));
  }
  void offer_tool() {
    model_tool tool;
    tool.name = "look_up";
    tool.description = "Looks an order up.";
    request.tools.push_back(tool);
  }

  outcome<model_answer> ask(boost::asio::cancellation_signal* signal = nullptr) {
    if (!tested) tested = make_model(settings, io, proxy_settings());
    return run_on(io, tested->ask(request, std::chrono::steady_clock::now() + limit), signal);
  }
  nlohmann::json sent(std::size_t number = 0) {
    return nlohmann::json::parse(server.requests.at(number).body);
  }
  std::string header(std::string const& name, std::size_t number = 0) {
    auto const* const value = find_header(server.requests.at(number).headers, name);
    return value == nullptr ? "-" : *value;
  }
};

// The pieces of a streamed body, a moment apart.
inline http_response streamed(std::vector<std::string> const& pieces) {
  http_response answer(200, pieces.front(), "text/event-stream");
  for (std::size_t i = 1; i < pieces.size(); ++i)
    answer.pieces.emplace_back(pieces[i], std::chrono::milliseconds(1));
  return answer;
}

}  // namespace parley::test
