#include "tests/end_to_end/sample_agent.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>

using namespace parley::test;
using nlohmann::json;

namespace {

std::string words_of(json const& reply) {
  std::string all;
  for (auto const& message : reply.value("messages", json::array()))
    all += message.at("content").get<std::string>() + "\n";
  return all;
}

bool says(json const& reply, std::string const& words) {
  return words_of(reply).find(words) != std::string::npos;
}

json user_line(std::string const& words) {
  return protocol_step("user-message", words);
}

std::string body_of(std::string const& reply) {
  return reply.substr(reply.find("\r\n\r\n") + 4);
}

}  // namespace

TEST_CASE("the sample agent greets in the user's language", "[agent]") {
  sample_agent const agent;
  json const german{
      {"user", {{"language", "deu"}, {"timezone", "Europe/Berlin"}, {"variables", json::object()}}}};
  CHECK(says(agent.post(protocol_step("skip", nullptr, german)), "Guten Tag"));
  json const named{{"conversation_id", "other"}, {"user", {{"variables", {{"customer_name", "Grace"}}}}}};
  CHECK(says(agent.post(protocol_step("skip", nullptr, named)), "Hello, Grace!"));
}

TEST_CASE("the sample agent asks for the order number, remembers it and refunds", "[agent]") {
  sample_agent const agent;
  CHECK(says(agent.post(user_line("Hi, my order never came.")), "order number"));
  json const looked = agent.post(user_line("It's 4411."));
  CHECK(looked.at("tool_calls").at(0).at("name") == "lookup_order");
  CHECK(looked.at("tool_calls").at(0).at("result").at("status") == "late");
  json const refunded = agent.post(user_line("I want my money back."));
  CHECK(refunded.at("tool_calls").at(0).at("name") == "issue_refund");
  CHECK(refunded.at("tool_calls").at(0).at("arguments").at("order_id") == "4411");
  CHECK(says(refunded, "49.90 EUR"));
  CHECK(agent.post(user_line("Great, that's all. Goodbye!")).at("ended") == true);
}

TEST_CASE("the sample agent forgets a conversation that has ended", "[agent]") {
  sample_agent const agent;
  agent.post(user_line("Where is order 5524?"));
  agent.post(user_line("Thanks, bye."));
  CHECK(says(agent.post(user_line("I want a refund.")), "order number"));
}

TEST_CASE("the sample agent waits for the answers of external tools", "[agent]") {
  sample_agent const agent;
  json const external{{"variables", {{"external_tools", {"lookup_order"}}}}};
  json const called = agent.post(protocol_step("user-message", "Where is order 4411?", external));
  json const call = called.at("tool_calls").at(0);
  CHECK_FALSE(call.contains("result"));
  json const answer{{"id", call.at("id")},
                    {"name", "lookup_order"},
                    {"content", {{"status", "processing"}}},
                    {"is_error", false}};
  json const more{{"tool_results", json::array({answer})}};
  CHECK(says(agent.post(protocol_step("tool-results", nullptr, more)), "has not left our warehouse"));
}

TEST_CASE("the sample agent hands over when a tool answers with an error", "[agent]") {
  sample_agent const agent;
  json const external{{"variables", {{"external_tools", "all"}}}};
  json const call =
      agent.post(protocol_step("user-message", "Where is order 4411?", external)).at("tool_calls").at(0);
  json const answer{
      {"id", call.at("id")}, {"name", "lookup_order"}, {"content", "timeout"}, {"is_error", true}};
  json const more{{"tool_results", json::array({answer})}};
  CHECK(says(agent.post(protocol_step("tool-results", nullptr, more)), "colleague"));
}

TEST_CASE("the sample agent takes up a conversation from its history", "[agent]") {
  json const history{{"history", json::array({{{"role", "user"}, {"content", "Please cancel order 5524."}},
                                              {{"role", "assistant"}, {"content", "The running shoes?"}}})}};
  SECTION("healthy, it knows the order") {
    sample_agent const agent;
    CHECK(says(agent.post(protocol_step("user-message", "Yes, cancel it.", history)), "already left"));
  }
  SECTION("a forgetful one asks again") {
    sample_agent const agent("forgets-order-number");
    CHECK(says(agent.post(protocol_step("user-message", "Yes, cancel it.", history)), "order number"));
  }
}

TEST_CASE("the sample agent writes first about a parcel that came back", "[agent]") {
  sample_agent const agent;
  CHECK(says(agent.post(protocol_step("external-event", "parcel returned: order 6120")), "6120"));
  CHECK(agent.post(user_line("Please send it again.")).at("tool_calls").at(0).at("name") == "resend_order");
}

TEST_CASE("the sample agent refuses what is no request of the protocol", "[agent]") {
  sample_agent const agent;
  CHECK(agent.post_raw("{").starts_with("HTTP/1.1 400"));
  CHECK(agent.post_raw(R"({"protocol":2,"type":"skip"})").starts_with("HTTP/1.1 400"));
  CHECK(agent.post_raw(R"({"protocol":1,"type":"shout"})").starts_with("HTTP/1.1 400"));
  CHECK(agent.post_raw(R"({"protocol":1,"type":"skip","history":7,"user":[]})").starts_with("HTTP/1.1 200"));
}

TEST_CASE("each fault of the sample agent is what its name says", "[agent]") {
  std::string const skip = protocol_step("skip", nullptr).dump();
  SECTION("crashes-mid-reply promises more than it sends") {
    std::string const reply = sample_agent("crashes-mid-reply").post_raw(skip);
    auto const length = reply.find("Content-Length: ");
    REQUIRE(length != reply.npos);
    CHECK(body_of(reply).size() < static_cast<std::size_t>(std::stoi(reply.substr(length + 16))));
    CHECK_FALSE(body_of(reply).empty());
  }
  SECTION("invalid-json") {
    std::string const reply = sample_agent("invalid-json").post_raw(skip);
    CHECK(reply.starts_with("HTTP/1.1 200"));
    CHECK_FALSE(json::accept(body_of(reply)));
  }
  SECTION("bad-utf8") {
    CHECK_FALSE(json::accept(body_of(sample_agent("bad-utf8").post_raw(skip))));
  }
  SECTION("huge-body is larger than 8 MiB") {
    CHECK(sample_agent("huge-body").post_raw(skip).size() > (std::size_t{8} << 20));
  }
  SECTION("deep-json") {
    CHECK(body_of(sample_agent("deep-json").post_raw(skip)).find(std::string(1000, '[')) !=
          std::string::npos);
  }
  SECTION("error-500") {
    CHECK(sample_agent("error-500").post_raw(skip).starts_with("HTTP/1.1 500"));
  }
  SECTION("redirect-loop leads to itself") {
    CHECK(sample_agent("redirect-loop").post_raw(skip).find("Location: /chat\r\n") != std::string::npos);
  }
  SECTION("ansi comes with escape sequences and a true answer") {
    json const reply = sample_agent("ansi").post(protocol_step("skip", nullptr));
    CHECK(says(reply, "\x1b[31m"));
    CHECK(says(reply, "##vso["));
    CHECK(says(reply, "Hello!"));
  }
  SECTION("wrong-tool") {
    sample_agent const agent("wrong-tool");
    json const reply = agent.post(user_line("Please cancel order 5523."));
    CHECK(reply.at("tool_calls").back().at("name") == "pause_order");
    CHECK(says(reply, "has been cancelled"));
  }
  SECTION("never-ends") {
    CHECK(sample_agent("never-ends").post(user_line("Thank you, goodbye.")).at("ended") == false);
  }
}

TEST_CASE("the sample agent speaks JSON lines on its standard streams", "[agent]") {
  child_process agent(child_command({agent_program(), "--stdio"}));
  agent.write_input(protocol_step("skip", nullptr).dump() + "\n");
  CHECK(says(json::parse(agent.first_line()), "Hello!"));
  agent.write_input(user_line("Bye!").dump() + "\n");
  agent.close_input();
  CHECK(agent.wait() == 0);
  CHECK(std::count(agent.out().begin(), agent.out().end(), '\n') == 2);
}

TEST_CASE("the sample agent's flags are checked", "[agent]") {
  child_process unknown(child_command({agent_program(), "--fault", "sleeps-late"}));
  CHECK(unknown.wait() == 4);
  CHECK(unknown.err().find("forgets-order-number") != std::string::npos);
  child_process no_address(child_command({agent_program(), "--listen", "somewhere"}));
  CHECK(no_address.wait() == 4);
  child_process help(child_command({agent_program(), "--help"}));
  CHECK(help.wait() == 0);
}

TEST_CASE("the sample agent ends when it is asked to", "[agent]") {
  sample_agent agent;
  CHECK(agent.process().stop() == 0);
}
