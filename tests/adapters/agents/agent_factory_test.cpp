#include "adapters/agents/agent_factory.hpp"

#include "adapters/agents/mapped_request.hpp"
#include "tests/support/catch.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using nlohmann::json;

agent_settings mapped(std::string const& requests,
                      std::string const& responses = R"({"messages":"/reply"})") {
  agent_settings settings;
  settings.name = "support";
  settings.url = "http://127.0.0.1:8080/api";
  settings.requests = json_value(json::parse(requests));
  settings.responses = json_value(json::parse(responses));
  settings.where.file = "parley.yaml";
  return settings;
}

std::string problems_of(agent_settings const& settings) {
  input_problems problems;
  check_agent(settings, problems);
  std::string all;
  for (auto const& problem : problems.sorted()) all += to_text(problem) + "\n";
  return all;
}

constexpr auto say_only = R"({"say":{"url":"/say","body":{"text":"{{content}}"}}})";

TEST_CASE("settings in order have no problem") {
  CHECK(problems_of(mapped(say_only)).empty());
  agent_settings plain;
  plain.url = "https://agent.example/chat";
  CHECK(problems_of(plain).empty());
  agent_settings command;
  command.type = "subprocess";
  command.command = {"cat"};
  CHECK(problems_of(command).empty());
}

TEST_CASE("each mistake is named with its path and the way out") {
  auto const [requests, responses, expected] = GENERATE(table<std::string, std::string, std::string>({
      {R"({"say":{"body":{"t":["{{contents}}"]}}})", R"({"messages":"/r"})",
       "agents.support.requests.say.body.t.0: unknown name 'contents' in a template; did you mean "
       "'content'?"},
      {R"({"say":{"url":"/{{id}}"}})", R"({"messages":"/r"})",
       "agents.support.requests.say.url: unknown name 'id'"},
      {R"({"says":{}})", R"({"messages":"/r"})", "did you mean 'say'?"},
      {R"({"open":{}})", R"({"messages":"/r"})", "agents.support.requests.say is missing"},
      {R"({"say":{"methd":"POST"}})", R"({"messages":"/r"})", "did you mean 'method'?"},
      {R"({"say":{"method":"SAY"}})", R"({"messages":"/r"})", "unknown method 'SAY'"},
      {R"({"say":{"headers":{"X":1}}})", R"({"messages":"/r"})", "requests.say.headers.X: must be a text"},
      {R"({"say":{"url":"ftp://h/"}})", R"({"messages":"/r"})",
       "agents.support.requests.say.url: cannot be used: its scheme is neither http nor https"},
      {R"({"say":{"url":"http://[::1"}})", R"({"messages":"/r"})",
       "agents.support.requests.say.url: cannot be used: "},
      {say_only, R"({"messages":"reply"})", "agents.support.responses.messages: must be a JSON Pointer"},
      {say_only, R"({"message":"/reply"})", "did you mean 'messages'?"},
      {say_only, R"({"stream":"ws"})", "must be none, ndjson or sse"},
      {say_only, R"({"ended":{"pointer":"/x"}})", "needs both pointer and equals"},
      {say_only, R"({"tool_call":{"nam":"/x"}})",
       "responses.tool_call.nam: unknown key 'nam'; did you mean 'name'?"},
      {say_only, "null", "agents.support.responses: must say where a reply's text stands"},
  }));
  auto const found = problems_of(mapped(requests, responses));
  INFO(found);
  CHECK(found.find("parley.yaml") == 0);
  CHECK(found.find(expected) != std::string::npos);
}

TEST_CASE("a mistake is placed where it is written, else where it is missing") {
  auto settings = mapped(R"({"say":{"body":{"t":["{{contents}}"]}},"open":{"methd":"GET"}})");
  settings.places["requests"] = {"parley.yaml", 3, 5, {}};
  settings.places["requests.say.body.t.0"] = {"parley.yaml", 9, 20, {}};
  auto const found = problems_of(settings);
  CHECK_THAT(found, Catch::Contains("parley.yaml:9:20: agents.support.requests.say.body.t.0: "));
  CHECK_THAT(found, Catch::Contains("parley.yaml:3:5: agents.support.requests.open.methd: "));
}

TEST_CASE("a template in the agent's own headers is sent as it is, with a warning") {
  auto settings = mapped(say_only);
  settings.headers = {{"X-Lang", "{{user.language}}"}};
  CHECK_THAT(problems_of(settings),
             Catch::Contains("warning: agents.support.headers.X-Lang is sent as it is written"));
}

TEST_CASE("addresses, commands and limits are checked") {
  agent_settings settings;
  settings.name = "a";
  CHECK(problems_of(settings).find("agents.a.url is missing") != std::string::npos);
  settings.url = "localhost:8080";
  CHECK(problems_of(settings).find("agents.a.url cannot be used") != std::string::npos);
  settings.type = "subprocess";
  CHECK(problems_of(settings).find("agents.a.command is missing") != std::string::npos);
  settings.type = "telepathy";
  CHECK(problems_of(settings).find("unknown type 'telepathy'") != std::string::npos);
  settings.type = "http";
  settings.url = "https://h/";
  settings.ca_file = "/nowhere.pem";
  settings.max_connections = 0;
  settings.max_rate = 0;
  auto const found = problems_of(settings);
  for (auto const* word : {"ca_file", "max_connections", "max_rate"})
    CHECK(found.find(word) != std::string::npos);
}

TEST_CASE("a chat agent's model, prompt and tools are checked") {
  agent_settings settings;
  settings.name = "chat";
  settings.type = "openai_chat";
  settings.url = "https://api.openai.com/v1";
  settings.model = "gpt-4o";
  settings.system = "You serve {{persona.name}} on {{variables.shop.name}}.";
  settings.tools = json_value(json::parse(R"([{"name":"look_up","parameters":{"type":"object"}}])"));
  CHECK(problems_of(settings).empty());
  settings.model.clear();
  settings.system = "You serve {{persona.nam}}.";
  settings.tools = json_value(json::parse(R"([{"function":{}}, {"name":"a","parameters":[]}, "b"])"));
  auto const found = problems_of(settings);
  for (auto const* words : {"agents.chat.model is missing", "unknown name 'persona.nam'",
                            "did you mean 'persona.name'", "agents.chat.tools.0 has no name",
                            "agents.chat.tools.1 has parameters", "agents.chat.tools.2 must be an object"})
    CHECK(found.find(words) != std::string::npos);
  settings.url = "https://h/openai/deployments/d";
  CHECK(problems_of(settings).find("model") == std::string::npos);
}

TEST_CASE("an Amigo agent's service and credentials are checked") {
  agent_settings settings;
  settings.name = "a";
  settings.type = "amigo";
  settings.url = "https://api.amigo.ai";
  settings.organization = "acme";
  settings.service_id = "aaaaaaaaaaaaaaaaaaaaaaaa";
  CHECK(problems_of(settings).empty());
  settings.api_key = "k";
  CHECK(problems_of(settings).find("api_key_id and user_id") != std::string::npos);
  settings.organization.clear();
  settings.service_id.clear();
  settings.url = "api.amigo.ai";
  auto const found = problems_of(settings);
  for (auto const* key : {"agents.a.url", "agents.a.organization", "agents.a.service_id"})
    CHECK(found.find(key) != std::string::npos);
  scenario_version content;
  content.environment.message_history.resize(1);
  CHECK(warnings_about(settings, content).size() == 1);
}

TEST_CASE("openings a mapping cannot serve are told before the run") {
  scenario_version content;
  CHECK(problems_with(mapped(say_only), content).empty());
  content.opening = initial_message_type::external_event;
  REQUIRE(problems_with(mapped(say_only), content).size() == 1);
  CHECK(problems_with(mapped(R"({"say":{},"event":{}})"), content).empty());
  content.opening = initial_message_type::skip;
  REQUIRE(problems_with(mapped(say_only), content).size() == 1);
  CHECK(problems_with(mapped(R"({"say":{},"open":{}})"), content).empty());
  CHECK(problems_with(mapped(R"({"say":{},"skip":{}})"), content).empty());
  CHECK(problems_with(agent_settings(), content).empty());
}

TEST_CASE("a history the agent will not see is worth a warning") {
  scenario_version content;
  CHECK(warnings_about(mapped(say_only), content).empty());
  content.environment.message_history.resize(1);
  CHECK(warnings_about(mapped(say_only), content).size() == 1);
  CHECK(warnings_about(mapped(R"({"say":{"body":{"h":"{{history}}"}}})"), content).empty());
  CHECK(warnings_about(agent_settings(), content).empty());
}

TEST_CASE("urls without a scheme are appended to the agent's") {
  CHECK(joined_url("http://h/base", "/s") == "http://h/base/s");
  CHECK(joined_url("http://h/base/", "/s") == "http://h/base/s");
  CHECK(joined_url("http://h", "s") == "http://h/s");
  CHECK(joined_url("http://h/base", "") == "http://h/base");
  CHECK(joined_url("http://h/base", "https://o/s") == "https://o/s");
  CHECK(joined_url("http://h/base?k=1", "/s") == "http://h/base/s?k=1");
  CHECK(joined_url("http://h/base?k=1", "/s?x=2") == "http://h/base/s?x=2&k=1");
  CHECK(joined_url("http://h/base", "?x=2") == "http://h/base?x=2");
}

}  // namespace
}  // namespace parley
