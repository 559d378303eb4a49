#include "reports/json_report.hpp"

#include "reports/jsonl_lines.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sample_run_record.hpp"

#include <nlohmann/json.hpp>

#include <sstream>

using namespace parley;
using nlohmann::json;

namespace {

std::vector<std::string> keys_of(json const& object) {
  std::vector<std::string> keys;
  for (auto const& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

json report() {
  std::ostringstream out;
  write_json(test::sample_run_record(), {}, out);
  return json::parse(out.str());
}

std::vector<json> lines() {
  std::ostringstream out;
  write_jsonl(test::sample_run_record(), {}, out);
  std::istringstream in(out.str());
  std::vector<json> parsed;
  for (std::string line; std::getline(in, line);) parsed.push_back(json::parse(line));
  return parsed;
}

}  // namespace

TEST_CASE("The json report has the members that the formats name") {
  auto const form = report();
  CHECK(keys_of(form) ==
        std::vector<std::string>{"cells", "counts", "format", "pass_at_k", "pass_hat_k", "run"});
  CHECK(form["format"] == 1);
  CHECK(keys_of(form["run"]) == std::vector<std::string>{"command", "exit_code", "finished_at", "id", "seed",
                                                         "started_at", "verdict", "versions"});
  CHECK(form["run"]["exit_code"] == 1);
  CHECK(form["run"]["verdict"] == "FAILED");
  CHECK(form["counts"] == json{{"passed", 2},
                               {"failed", 1},
                               {"errored", 3},
                               {"flaky", 1},
                               {"skipped", 1},
                               {"not_run", 1},
                               {"quarantined", 1}});
  CHECK(form["cells"].size() == 10);
  auto const& cell = form["cells"][1];
  CHECK(keys_of(cell) == std::vector<std::string>{"agent", "flaky", "id", "outcome", "pass_rate",
                                                  "pass_rate_interval", "pass_rule", "persona", "scenario",
                                                  "set", "tags", "trials"});
  CHECK(keys_of(cell["scenario"]) == std::vector<std::string>{"digest", "id", "name", "version"});
  CHECK(cell["scenario"]["digest"].get<std::string>().size() == 64);
  CHECK(cell["tags"] == json{{"category", "refunds"}, {"smoke", nullptr}});
  CHECK(cell["pass_rule"] == "4/5");
  CHECK(cell["trials"][1]["transcript"]["messages"].size() == 6);
}

TEST_CASE("A jsonl line has exactly the fields that the formats name") {
  auto const all = lines();
  std::vector<std::string> const fields{"action_checks",    "checks",        "duration_ms", "id",
                                        "metrics",          "nl_assertions", "outcome",     "reward",
                                        "reward_breakdown", "stop_reason",   "trial"};
  CHECK(keys_of(all[0]) == fields);
  CHECK(all[0]["reward"] == 1);
  CHECK(all[0]["duration_ms"] == 1234);
  auto const& failed = all[2];
  CHECK(failed["outcome"] == "failed");
  CHECK(failed["stop_reason"] == "max_interactions");
  CHECK(failed["reward_breakdown"] == json{{"ACTION", 1}, {"CHECK", 0}});
  CHECK(keys_of(failed["action_checks"][0]) ==
        std::vector<std::string>{"action_match", "arguments", "name", "requestor"});
  CHECK(keys_of(failed["checks"][0]) == std::vector<std::string>{"check", "evidence", "turn", "verdict"});
  CHECK(failed["checks"][1] == json{{"check", "max_interactions"},
                                    {"verdict", "not_met"},
                                    {"evidence", "2 interactions"},
                                    {"turn", nullptr}});
}

TEST_CASE("A trial that was not scored has empty lists, its error and the number of its attempts") {
  for (auto const& line : lines()) {
    if (line["id"] != "refunds/lost-parcel@angry-regular") continue;
    CHECK(line["outcome"] == "agent_error");
    CHECK(line["reward"] == 0);
    CHECK(line["reward_breakdown"] == json::object());
    CHECK(line["checks"] == json::array());
    CHECK(line["error"] == json{{"type", "agent.timeout"}, {"message", "no whole reply within 60s"}});
    CHECK(line["attempts"] == 2);
    return;
  }
  FAIL("the line is missing");
}

TEST_CASE("An undecided trial has no reward, nor has its undecided component") {
  for (auto const& line : lines()) {
    if (line["outcome"] != "judge_undecided") continue;
    CHECK(line["reward"].is_null());
    CHECK(line["reward_breakdown"]["NL_ASSERTION"].is_null());
    CHECK(line["nl_assertions"][0]["verdict"] == "undecided");
    return;
  }
  FAIL("the line is missing");
}

TEST_CASE("A line of evaluate needs neither a trial nor a stop reason") {
  result_line line;
  line.id = "log-1";
  line.outcome = outcome_class::passed;
  std::string text;
  append_result_line(text, line);
  auto const form = json::parse(text);
  CHECK_FALSE(form.contains("trial"));
  CHECK(form["stop_reason"].is_null());
}

TEST_CASE("Planned cells are listed without results") {
  std::ostringstream out;
  write_planned_cells({test::sample_cell("s", "a", "b")}, out);
  auto const form = json::parse(out.str());
  CHECK(keys_of(form[0]) ==
        std::vector<std::string>{"agent", "id", "pass_rule", "persona", "scenario", "set", "tags"});
}
