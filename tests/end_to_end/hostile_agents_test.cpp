#include "tests/end_to_end/hostile_agents.hpp"

#include "tests/end_to_end/hostile_run.hpp"
#include "tests/support/catch.hpp"

#include <chrono>

using namespace parley;
using namespace parley::test;
using std::chrono::milliseconds;

namespace {

std::string agent_at(std::string const& url, std::string const& more = "") {
  return "{type: http, url: \"" + url + "\"" + more + "}";
}

// A run against this agent, and what has to be said about the conversation with it.
hostile_result check_refused(hostile_agents& agents, std::string const& bad_agent, std::string const& type,
                             std::string const& part, std::vector<std::string> const& flags = {}) {
  hostile_project const project(agents.well_behaved(), bad_agent);
  auto result = run_hostile(project, flags);
  check_survived(project, result);
  check_bad_error(result, type, part);
  return result;
}

std::string with_length(std::string const& body) {
  return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace

TEST_CASE("an agent that cannot be reached", "[bad_input]") {
  hostile_agents agents;
  auto const url = hostile_agents::unreachable();
  check_refused(agents, agent_at(url), "agent.transport", url.substr(7));
}

TEST_CASE("an agent whose certificate is for another name", "[bad_input]") {
  hostile_agents agents;
  std::string ca_file;
  auto const url = agents.behind_tls("DNS:elsewhere.test", ca_file);
  check_refused(agents, agent_at(url, ", ca_file: \"" + ca_file + "\""), "agent.transport", "127.0.0.1");
}

TEST_CASE("an agent whose certificate nobody vouches for", "[bad_input]") {
  hostile_agents agents;
  std::string ca_file;
  auto const url = agents.behind_tls("IP:127.0.0.1", ca_file);
  check_refused(agents, agent_at(url), "agent.transport", "certificate");
}

TEST_CASE("an agent that answers with 500", "[bad_input]") {
  hostile_agents agents;
  auto const url = agents.answering({http_response(500, "out of \x1b[31mdisk\xff ##vso[task.complete]\n")});
  auto const result = check_refused(agents, agent_at(url), "agent.protocol", "status 500");
  CHECK(holds(result.parley.out, "disk"));
}

TEST_CASE("an agent whose body is cut off", "[bad_input]") {
  hostile_agents agents;
  std::string const whole = with_length(saying("never seen whole").body);
  std::string url;
  SECTION("by the end of its connection") {
    url = agents.answering({raw_reply(whole.substr(0, whole.size() - 20))});
  }
  SECTION("in a chunk") {
    url = agents.answering({raw_reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n{\"mess")});
  }
  SECTION("in its headers") {
    url = agents.answering({raw_reply(whole.substr(0, 30))});
  }
  check_refused(agents, agent_at(url), "agent.transport", "closed the connection");
}

TEST_CASE("an agent whose body is 200 MB", "[bad_input]") {
  hostile_agents agents;
  std::string const megabyte(1'000'000, ' ');
  std::string head = "HTTP/1.1 200 OK\r\n";
  SECTION("announced") {
    head += "Content-Length: 200000000\r\n\r\n";
  }
  SECTION("until the end of the connection") {
    head += "\r\n";
  }
  auto const url = agents.flooding(head, megabyte, 200);
  check_refused(agents, agent_at(url), "agent.protocol", "max_body");
}

TEST_CASE("an agent whose chunks never end", "[bad_input]") {
  hostile_agents agents;
  std::string const chunk = "10000\r\n" + std::string(0x10000, ' ') + "\r\n";
  auto const url = agents.flooding("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", chunk, 1'000'000);
  check_refused(agents, agent_at(url), "agent.protocol", "max_body");
}

TEST_CASE("an agent whose headers never end", "[bad_input]") {
  hostile_agents agents;
  auto const url = agents.flooding("HTTP/1.1 200 OK\r\n", "X-More: of the same\r\n", 1'000'000);
  check_refused(agents, agent_at(url), "agent.protocol", "header");
}

TEST_CASE("an agent that sends its client round in circles", "[bad_input]") {
  hostile_agents agents;
  auto const url = agents.redirecting_to_itself();
  check_refused(agents, agent_at(url), "agent.protocol", "redirected more than 5 times");
  CHECK(agents.requests_to(url) == 6);
}

TEST_CASE("an agent that does not speak HTTP", "[bad_input]") {
  hostile_agents agents;
  auto const url = agents.answering({raw_reply("\x1b]0;owned\x07 SSH-2.0-OpenSSH_9.2\r\n\r\n")});
  check_refused(agents, agent_at(url), "agent.protocol", "HTTP");
}

TEST_CASE("an agent that never says a word", "[bad_input]") {
  hostile_agents agents;
  check_refused(agents, agent_at(agents.silent()), "agent.timeout", "time limit",
                {"--turn-timeout", "300ms"});
}

TEST_CASE("an agent that never comes to the end of its reply", "[bad_input]") {
  hostile_agents agents;
  http_response trickle(200, "[");
  for (int i = 0; i < 2000; ++i) trickle.pieces.emplace_back(" ", milliseconds(10));
  auto const url = agents.answering({trickle});
  std::string more;
  SECTION("of one piece") {}
  SECTION("of many") {
    more = ", requests: {say: {body: {text: \"{{content}}\"}}}, responses: {stream: ndjson, messages: /text}";
  }
  check_refused(agents, agent_at(url, more), "agent.timeout", "time limit", {"--turn-timeout", "300ms"});
}

TEST_CASE("a reply after the deadline is nobody's answer", "[bad_input]") {
  hostile_agents agents;
  http_response late(200, R"({"messages":[{"content":"too late"}],)");
  late.pieces = {http_piece(R"("ended":true})", milliseconds(600))};
  auto const url = agents.answering({late, saying("in time")});
  hostile_project const project(agents.well_behaved(), agent_at(url));
  auto const result = run_hostile(project, {"--turn-timeout", "300ms", "--retries", "1"});
  check_survived(project, result);
  CHECK(result.parley.exit_code == 0);
  CHECK(result.bad_trial().at("attempts") == 2);
  CHECK(result.bad_trial().at("outcome") == "passed");
  CHECK(holds(result.bad_trial().dump(), "in time"));
  CHECK_FALSE(holds(result.bad_trial().dump(), "too late"));
  CHECK(holds(result.junit, "<flakyError type=\"agent.timeout\""));
}

TEST_CASE("a conversation that the agent never ends", "[bad_input]") {
  hostile_agents agents;
  auto const url = agents.answering({http_response(200, R"({"messages":[{"content":"Go on."}]})")});
  hostile_project project(agents.well_behaved(), agent_at(url));
  project.bad_scenario("initial_message: Hello\nscript: {otherwise: And then}");
  SECTION("is over after max_interactions") {
    project.bad_test("max_interactions: 100");
    auto const result = run_hostile(project);
    check_survived(project, result);
    CHECK(result.parley.exit_code == 1);
    CHECK(result.bad_trial().at("outcome") == "failed");
    CHECK(result.bad_trial().at("stop_reason") == "max_interactions");
    CHECK(agents.requests_to(url) == 100);
  }
  SECTION("is over at its own time limit") {
    project.bad_test("max_interactions: 100\n    timeout: 100ms");
    http_response slow(200, "{");
    slow.pieces = {http_piece(R"("messages":[{"content":"Go on."}]})", milliseconds(30))};
    project.folder().write("parley.yaml", "agents:\n  good: " + agent_at(agents.well_behaved()) +
                                              "\n  bad: " + agent_at(agents.answering({slow})) +
                                              "\nrun: {retries: 0}\n");
    auto const result = run_hostile(project);
    check_survived(project, result);
    check_bad_error(result, "agent.timeout", "limit of 100ms");
    CHECK(result.bad_trial().at("stop_reason") == "timed_out");
  }
}

TEST_CASE("an agent that asks for one tool after the other", "[bad_input]") {
  hostile_agents agents;
  auto const url = agents.answering({http_response(200, R"({"tool_calls":[{"name":"look_up"}]})")});
  hostile_project project(agents.well_behaved(), agent_at(url));
  project.bad_scenario(
      "script: [Hello]\nenvironment: {action_mocks: {look_up: {default_return_value: nothing}}}");
  auto const result = run_hostile(project);
  check_survived(project, result);
  check_bad_error(result, "agent.protocol", "tool");
}
