#include "tests/end_to_end/parley_run.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <sstream>

using namespace parley::test;
using nlohmann::json;

namespace {

std::string key_of(json const& line) {
  return line.at("id").get<std::string>() + " " + std::to_string(line.value("trial", 1));
}

// One line each, by id and trial.
std::map<std::string, json> written_lines(project_copy const& project) {
  std::map<std::string, json> lines;
  std::istringstream in(read_text(project.root() / "verdicts-out.jsonl"));
  for (std::string line; std::getline(in, line);) {
    auto const parsed = json::parse(line);
    lines[key_of(parsed)] = parsed;
  }
  return lines;
}

void check_lines(json const& expected, std::map<std::string, json> const& written) {
  CHECK(written.size() == expected.size());
  for (auto const& line : expected) {
    INFO(line.dump());
    auto const found = written.find(key_of(line));
    REQUIRE(found != written.end());
    for (auto const* key : {"outcome", "reward", "reward_breakdown"})
      CHECK(found->second.at(key) == line.at(key));
  }
}

}  // namespace

TEST_CASE("recorded conversations get the verdicts that are known of them", "[evaluate]") {
  project_copy const project("transcripts");
  auto const model = json::parse(read_text(project.root() / "expected_verdicts.json")).at("files");
  for (auto const& [file, expected] : model.items()) {
    DYNAMIC_SECTION(file) {
      auto const result = run_parley(project, {"evaluate", file, "--reporter", "jsonl=verdicts-out.jsonl"});
      INFO(result.err << result.out);
      CHECK(result.exit_code == expected.at("exit_code").get<int>());
      check_lines(expected.at("lines"), written_lines(project));
      for (auto const& number : expected.value("bad_lines", json::array()))
        CHECK_THAT(result.err, Catch::Contains(file + ":" + std::to_string(number.get<int>())));
    }
  }
}

TEST_CASE("tau2 matching ignores requestor, order and pairing", "[evaluate]") {
  project_copy const project("transcripts");
  auto const model = json::parse(read_text(project.root() / "expected_verdicts.json")).at("files");
  auto const result = run_parley(project, {"evaluate", "matching.jsonl", "--action-matching", "tau2",
                                           "--reporter", "jsonl=verdicts-out.jsonl"});
  CHECK(result.exit_code == 1);
  check_lines(model.at("matching.jsonl").at("tau2"), written_lines(project));
}

TEST_CASE("the lines of one id are trials of one cell", "[evaluate]") {
  project_copy const project("transcripts");
  run_parley(project, {"evaluate", "trials.jsonl", "--reporter", "json=verdicts.json"});
  auto const told = outcomes_in_json(json::parse(read_text(project.root() / "verdicts.json")));
  CHECK(told.size() == 2);
}
