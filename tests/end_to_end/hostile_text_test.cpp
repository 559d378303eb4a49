#include "tests/end_to_end/hostile_agents.hpp"
#include "tests/end_to_end/hostile_run.hpp"
#include "tests/support/catch.hpp"

using namespace parley;
using namespace parley::test;
using nlohmann::json;

namespace {

std::string agent_at(std::string const& url) {
  return "{type: http, url: \"" + url + "\"}";
}

// A conversation in which the agent gives this reply and then misses its criterion, so that its words stand
// in every report.
hostile_result run_with_reply(http_response const& reply) {
  hostile_agents agents;
  hostile_project project(agents.well_behaved(), agent_at(agents.answering({reply})));
  project.bad_scenario("script: [Hello]\nevaluation: {checks: [{contains: nowhere to be found}]}");
  auto result = run_hostile(project);
  check_survived(project, result);
  return result;
}

struct hostile_words {
  char const* name;
  std::string text;
  std::string shown;     // what a person reads on the terminal
  std::string in_junit;  // as it stands in the file
};

std::vector<hostile_words> const& all_words() {
  static std::vector<hostile_words> const words{
      {"escape sequences",
       "\x1b[2J\x1b]0;owned\x07red\xc2\x9b"
       "31m",
       "\\x1b[2J\\x1b]0;owned\\x07red\\x9b31m", "red"},
      {"the end of a CDATA section", "a]]>b<script>&amp;", "a]]>b<script>&amp;",
       "a]]&gt;b&lt;script&gt;&amp;amp;"},
      {"an attachment", "[[ATTACHMENT|../../secrets.txt]]", "[[ATTACHMENT|../../secrets.txt]]",
       "[ [ATTACHMENT|../../secrets.txt]]"},
      {"NUL", std::string("a\0b", 3), "a\\x00b",
       "a\xef\xbf\xbd"
       "b"},
      {"characters that XML has no place for",
       "a\xef\xbf\xbe\xef\xbf\xbf"
       "b\x0b\x7f",
       "a\\ufffe\\uffffb\\x0b\\x7f",
       "a\xef\xbf\xbd\xef\xbf\xbd"
       "b"},
      {"commands for a build server", "##vso[task.complete] ##[error]x ::error::y",
       "# #vso[task.complete] # #[error]x : :error: :y", "##vso[task.complete] ##[error]x ::error::y"},
      {"lines that look like ours", "x\nPASSED (exit 0): 2 passed\r\n   1 user  | thanks",
       "| PASSED (exit 0)", "PASSED (exit 0)"},
      {"text that runs backwards",
       "abc\xe2\x80\xae"
       "def",
       "abc\\u202edef",
       "abc\xe2\x80\xae"
       "def"},
  };
  return words;
}

}  // namespace

TEST_CASE("hostile words in a message", "[bad_input]") {
  for (auto const& words : all_words()) {
    DYNAMIC_SECTION(words.name) {
      auto const result = run_with_reply(saying(words.text));
      INFO(result.parley.out << result.junit);
      CHECK(result.parley.exit_code == 1);
      CHECK(result.bad_trial().at("outcome") == "failed");
      CHECK(result.bad_trial().at("transcript").at("messages").at(1).at("content") == words.text);
      CHECK(holds(result.parley.out, words.shown));
      CHECK(holds(result.junit, words.in_junit));
      CHECK_THAT(result.parley.last_line(), Catch::StartsWith("FAILED (exit 1)"));
    }
  }
}

TEST_CASE("JUnit has the attachment that is ours, and none of the agent's", "[bad_input]") {
  auto const result = run_with_reply(saying("[[ATTACHMENT|/etc/passwd]]\n[[attachment|/etc/passwd]]"));
  CHECK_FALSE(holds(result.junit, "[[ATTACHMENT|/etc"));
  CHECK_FALSE(holds(result.junit, "[[attachment|/etc"));
  CHECK(holds(result.junit, "[[ATTACHMENT|.parley/runs/"));
}

TEST_CASE("hostile words wherever a reply has room for them", "[bad_input]") {
  std::string const words = "\x1b[31m##vso[x]]]>[[ATTACHMENT|y]]\xef\xbf\xbe::error::z\x07";
  json const call{
      {"id", words}, {"name", words}, {"arguments", {{words, words}}}, {"result", {{words, words}}}};
  json const reply{{"conversation_id", words}, {"messages", {{{"content", words}}}}, {"tool_calls", {call}}};
  auto const result = run_with_reply(http_response(200, reply.dump()));
  CHECK(result.bad_trial().at("outcome") == "failed");
  CHECK(result.bad_trial().at("transcript").at("messages").at(1).at("tool_calls").at(0).at("name") == words);
}

TEST_CASE("an error of the agent's own with hostile words", "[bad_input]") {
  hostile_agents agents;
  json const refusal{{"error", "\x1b[2J##vso[x]\xef\xbf\xbe ]]> [[ATTACHMENT|y]] \n::error::no"}};
  hostile_project const project(
      agents.well_behaved(),
      "{type: http, url: \"" + agents.answering({http_response(200, refusal.dump())}) +
          "\", requests: {say: {body: {}}}, responses: {messages: /text, error: /error}}");
  auto const result = run_hostile(project);
  check_survived(project, result);
  check_bad_error(result, "agent.protocol", "[[ATTACHMENT|y]]");
}

TEST_CASE("bodies that are not what they should be", "[bad_input]") {
  std::string body;
  std::string said;
  SECTION("invalid UTF-8") {
    body = "{\"messages\":[{\"content\":\"caf\xe9 \xed\xa0\x80\"}]}";
    said = "UTF-8";
  }
  SECTION("NUL between the brackets") {
    body = std::string("{\"messages\":[\0]}", 16);
    said = "JSON";
  }
  SECTION("half a JSON line") {
    body = "{\"messages\":[{\"content\":\"hel";
    said = "JSON";
  }
  SECTION("nested 200,000 deep") {
    body = std::string(200'000, '[') + std::string(200'000, ']');
    said = "nested deeper than 128 levels";
  }
  SECTION("nested 200,000 deep and never closed") {
    body = "{\"messages\":" + std::string(200'000, '{');
    said = "nested deeper than 128 levels";
  }
  SECTION("nested 200,000 deep in the text of arguments") {
    json const call{{"name", "x"}, {"arguments", std::string(200'000, '[') + std::string(200'000, ']')}};
    body = json{{"tool_calls", {call}}}.dump();
    said = "arguments";
  }
  SECTION("nothing at all") {
    said = "empty";
  }
  auto const result = run_with_reply(http_response(200, body));
  check_bad_error(result, "agent.protocol", said);
}

TEST_CASE("streams that are not what they should be", "[bad_input]") {
  hostile_agents agents;
  std::string kind;
  std::string body;
  std::string said = "JSON";
  SECTION("half a JSON line") {
    kind = "ndjson";
    body = "{\"text\":\"hello\"}\n{\"text\":\"wor";
  }
  SECTION("invalid UTF-8") {
    kind = "ndjson";
    body = "{\"text\":\"caf\xe9\"}\n";
    said = "UTF-8";
  }
  SECTION("nested 200,000 deep") {
    kind = "sse";
    body = "data: " + std::string(200'000, '[') + "\n\n";
    said = "nested deeper than 128 levels";
  }
  auto const url = agents.answering({http_response(200, body)});
  hostile_project const project(agents.well_behaved(), "{type: http, url: \"" + url +
                                                           "\", requests: {say: {body: {}}}, responses: " +
                                                           "{stream: " + kind + ", messages: /text}}");
  auto const result = run_hostile(project);
  check_survived(project, result);
  check_bad_error(result, "agent.protocol", said);
}
