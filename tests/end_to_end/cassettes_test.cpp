// A run's traffic recorded once and replayed: offline, strict, one party refreshed.
#include "tests/end_to_end/model_shop.hpp"
#include "tests/support/catch.hpp"

#include <filesystem>
#include <regex>
#include <sstream>

namespace parley::test {
namespace {

using nlohmann::json;

// What two reports of one cassette may differ in.
json without_clock(json report) {
  auto& run = report.at("run");
  for (auto const* const key : {"id", "started_at", "finished_at", "command"}) run.erase(key);
  for (auto& cell : report.at("cells"))
    for (auto& trial : cell.at("trials")) trial.at("transcript").erase("id");
  return report;
}

// JUnit without the run's id and clock: when things were, and how long this replay took.
std::string without_clock(std::string xml) {
  for (auto const* const varying :
       {"\\d{8}-\\d{6}-[0-9a-f]{6}", "timestamp=\"[^\"]*\"", "(<testsuites[^>]*) time=\"[^\"]*\""})
    xml = std::regex_replace(xml, std::regex(varying), "$1");
  return xml;
}

TEST_CASE_METHOD(model_shop, "[models] a recorded run is replayed offline, twice the same") {
  open();
  REQUIRE(run({"run", "--trials", "2", "--cassette", "record=tape"}).exit_code == 0);
  auto const requests = server().count();
  CHECK(requests == 16);
  close();

  auto const first = run({"run", "--trials", "2", "--cassette", "replay=tape"});
  INFO(first.out << first.err);
  CHECK(first.exit_code == 0);
  auto const once = report();
  auto const once_in_junit = without_clock(folder().read("junit.xml"));
  CHECK(run({"run", "--trials", "2", "--cassette", "replay=tape"}, {{"SHOP_KEY", "another-key"}}).exit_code ==
        0);
  CHECK(without_clock(report()) == without_clock(once));
  CHECK(without_clock(folder().read("junit.xml")) == once_in_junit);
  CHECK(everything_below(folder().path() / "tape").find("sk-very-secret") == std::string::npos);
}

TEST_CASE_METHOD(model_shop, "[models] a replay says which field of a request is not the recorded one") {
  open();
  REQUIRE(run({"run", "--cassette", "record=tape"}).exit_code == 0);
  close();
  auto changed = folder().read("scenarios/refund.yaml");
  changed.replace(changed.find("only when asked"), 15, "at once");
  folder().write("scenarios/refund.yaml", changed);
  auto const result = run({"run", "--retries", "0", "--cassette", "replay=tape"});
  INFO(result.out << result.err);
  CHECK(result.exit_code == 6);
  auto const trial = report().at("cells").at(0).at("trials").at(0);
  CHECK(trial.at("outcome") == "infrastructure_error");
  CHECK(trial.at("error").at("type") == "parley.cassette");
  CHECK(trial.at("error").at("message").get<std::string>().find(
            "request 1 to the user is not the recorded one: /messages/0/content") == 0);
  CHECK(result.out.find("--rerecord") != result.out.npos);
}

// What a replay says of its one trial.
json replayed_error(model_shop& shop) {
  auto const result = shop.run({"run", "--cassette", "replay=tape"});
  INFO(result.out << result.err);
  CHECK(result.exit_code == 6);
  auto const trial = shop.report().at("cells").at(0).at("trials").at(0);
  CHECK(trial.at("outcome") == "infrastructure_error");
  CHECK(trial.at("reward_breakdown") == json::object());
  CHECK_FALSE(trial.contains("attempts"));  // asked again it would lack the same
  CHECK(trial.at("error").at("type") == "parley.cassette");
  CHECK(shop.folder().read("junit.xml").find("parley.cassette") != std::string::npos);
  return trial.at("error").at("message");
}

// Lines of the only cell's file that are about this party, dropped from number `first` on.
void drop_exchanges(model_shop& shop, std::string const& party, int first) {
  for (auto const& file : std::filesystem::directory_iterator(shop.folder().path() / "tape")) {
    if (file.path().extension() != ".jsonl") continue;
    std::istringstream lines(read_text(file.path()));
    std::string kept;
    for (std::string line; std::getline(lines, line);) {
      auto const exchange = json::parse(line);
      if (exchange.at("party") != party || exchange.at("n") < first) kept += line + "\n";
    }
    shop.folder().write("tape/" + file.path().filename().string(), kept);
  }
}

TEST_CASE_METHOD(model_shop, "[models] what a cassette lacks is the cassette's fault, whoever was asked") {
  open();
  REQUIRE(run({"run", "--cassette", "record=tape"}).exit_code == 0);
  close();
  auto const [party, first] = GENERATE(table<std::string, int>({{"agent", 3}, {"user", 2}, {"judge", 1}}));
  CAPTURE(party);
  drop_exchanges(*this, party, first);
  CHECK(replayed_error(*this) == "request " + std::to_string(first) + " to the " + party +
                                     " was not recorded for scenarios/refund@pat, trial 1");
}

TEST_CASE_METHOD(model_shop, "[models] a torn line of a cassette is the cassette's fault") {
  open();
  REQUIRE(run({"run", "--cassette", "record=tape"}).exit_code == 0);
  close();
  for (auto const& file : std::filesystem::directory_iterator(folder().path() / "tape")) {
    if (file.path().extension() != ".jsonl") continue;
    auto const text = read_text(file.path());
    folder().write("tape/" + file.path().filename().string(), text.substr(0, text.size() - 20));
  }
  CHECK(std::regex_match(replayed_error(*this).get<std::string>(),
                         std::regex("the cassette is damaged: tape/.*\\.jsonl:8: the line is cut off; .*")));
}

TEST_CASE_METHOD(model_shop, "[models] an assertion that was changed since is told with what differs") {
  open();
  REQUIRE(run({"run", "--cassette", "record=tape"}).exit_code == 0);
  close();
  auto changed = folder().read("scenarios/refund.yaml");
  changed.replace(changed.find("The agent asked for"), 9, "Somebody ");
  folder().write("scenarios/refund.yaml", changed);
  auto const said = replayed_error(*this).get<std::string>();
  CHECK(said.find("request 1 to the judge is not the recorded one: /messages/1/content was ") == 0);
  CHECK(said.find("now it is") != said.npos);
  CHECK(said.find("Somebody") != said.npos);
}

TEST_CASE_METHOD(model_shop, "[models] one party of a cassette is refreshed") {
  open();
  REQUIRE(run({"run", "--cassette", "record=tape"}).exit_code == 0);
  judge = [](json const&) { return judge_says("not_met", "I am sorry."); };
  auto const before = server().count();
  CHECK(run({"run", "--cassette", "replay=tape", "--rerecord", "judge"}).exit_code == 1);
  CHECK(server().count() == before + 1);
  close();
  CHECK(run({"run", "--cassette", "replay=tape"}).exit_code == 1);
}

}  // namespace
}  // namespace parley::test
