#include "reports/redaction.hpp"

#include "reports/event_lines.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sample_run_record.hpp"

#include <nlohmann/json.hpp>

using namespace parley;
using nlohmann::json;

namespace {

std::string masked(std::vector<std::string> secrets, std::string text) {
  return redaction(std::move(secrets))(std::move(text));
}

}  // namespace

TEST_CASE("A secret is masked wherever it stands in a text") {
  CHECK(masked({"s3cr3t-token"}, "a s3cr3t-token, and s3cr3t-token") == "a ***, and ***");
  CHECK(masked({"s3cr3t-token"}, "nothing here") == "nothing here");
}

TEST_CASE("Secrets shorter than six bytes are ordinary text") {
  CHECK(redaction({"12345"}).empty());
  CHECK(masked({"12345"}, "12345") == "12345");
  CHECK(masked({"123456"}, "123456") == "***");
}

TEST_CASE("A secret is found JSON-escaped and percent-encoded too") {
  std::string const secret = "a\"b c/d\\e+ü";
  auto const quoted = json(secret).dump();
  CHECK(masked({secret}, "raw " + secret + ".") == "raw ***.");
  CHECK(masked({secret}, "{\"k\":" + quoted + "}") == "{\"k\":\"***\"}");
  CHECK(masked({secret}, json(secret).dump(-1, ' ', true)) == "\"***\"");
  CHECK(masked({secret}, "?q=a%22b%20c%2Fd%5Ce%2B%C3%BC&r") == "?q=***&r");
  CHECK(masked({secret}, "?q=a%22b%20c%2fd%5ce%2b%c3%bc&r") == "?q=***&r");
  CHECK(masked({secret}, json(json(secret).dump()).dump()) == "\"\\\"***\\\"\"");
}

TEST_CASE("Of overlapping secrets nothing is left over") {
  CHECK(masked({"abcdefgh", "efghijkl"}, "x abcdefghijkl y") == "x *** y");
  CHECK(masked({"token-1", "token-1-long"}, "token-1-long token-1") == "*** ***");
}

TEST_CASE("An excerpt that was cut inside a secret is masked at the cut") {
  std::string const secret = "canary-0123456789";
  CHECK(masked({secret}, "0123456789 is what it said") == "*** is what it said");
  CHECK(masked({secret}, "it said canary-0123") == "it said ***");
  CHECK(masked({secret}, "…3456789 and then canary…") == "…*** and then ***…");
  CHECK(masked({secret}, "...3456789\" and \"canary-0...") == "...***\" and \"***...");
  CHECK(masked({secret}, "\"456789 rest\"") == "\"*** rest\"");
  // Five bytes tell too little to be hidden, and the middle of a text was not cut.
  CHECK(masked({secret}, "56789 rest") == "56789 rest");
  CHECK(masked({secret}, "the canary sings") == "the canary sings");
}

TEST_CASE("JSON values are masked in strings, keys and numbers; others are returned as they are") {
  redaction const mask({"4111111111111111", "hunter22"});
  auto const value =
      json::parse(R"({"card":4111111111111111,"list":["hunter22",1],"hunter22":{"deep":"is hunter22"}})");
  CHECK(mask(json_value(value)).get() ==
        json::parse(R"({"card":"***","list":["***",1],"***":{"deep":"is ***"}})"));
  json_value const clean(json{{"a", 1}});
  CHECK(&mask(clean).get() == &clean.get());
}

TEST_CASE("Without secrets nothing is touched") {
  redaction const mask;
  std::string const text(1000, 'x');
  CHECK(mask(text) == text);
  CHECK(mask.empty());
}

TEST_CASE("No form of a canary survives in what is stored of a trial") {
  std::string const canary = "canary-4711-\"quoted\"";
  auto detail = test::failed_detail();
  auto& said = detail.conversation;
  said.id.value = canary;
  said.notes = {"note " + canary};
  said.error = trial_error{"agent.protocol", "status 500: " + canary};
  said.messages[0].content = "my key is " + canary;
  said.messages[1].tool_calls[0].arguments = json_value(json{{"key", canary}, {canary, 1}});
  said.messages[1].tool_calls[0].id = canary;
  said.messages[2].result.content = json_value(json::array({json{{"deep", "x" + canary}}}));
  said.messages[3].content = canary.substr(canary.size() - 10) + " cut";
  auto& judged = detail.judged;
  judged.actions[0].arguments = json_value(json{{"key", canary}});
  judged.actions[0].evidence = "called with " + json(canary).dump();
  judged.checks[0].expected = json(canary).dump();
  judged.checks[0].evidence = "… and " + canary.substr(0, 12) + "…";
  judged.nl_assertions.push_back({"never says " + canary, verdict::not_met, canary, "it said " + canary});
  judged.metrics.push_back({"m", json_value(json(canary)), verdict::met, canary});

  redaction const mask({canary});
  mask.apply(detail);
  trial_record record;
  record.error = trial_error{"parley.internal", "bug near " + canary};
  record.detail = std::make_shared<trial_detail const>(detail);
  std::string line;
  append_event_line(line, run_event{trial_finished{test::sample_cell("s", "a", "b"), record, false}}, mask);
  CHECK(line.find("***") != std::string::npos);
  CHECK(line.find("canary") == std::string::npos);
  CHECK(line.find("4711") == std::string::npos);
  CHECK(line.find("quoted") == std::string::npos);
}
