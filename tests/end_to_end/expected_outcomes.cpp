#include "tests/end_to_end/expected_outcomes.hpp"

#include "tests/support/project_paths.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace parley::test {

int expected_run::count(std::string const& outcome) const {
  return static_cast<int>(
      std::count_if(cells.begin(), cells.end(), [&](auto const& cell) { return cell.second == outcome; }));
}

std::vector<expected_run> expected_runs() {
  std::ifstream file(test::source_path("fixtures/expected_outcomes.json"));
  auto const model = nlohmann::json::parse(file);
  std::vector<expected_run> runs;
  for (auto const& [name, about] : model.at("faults").items()) {
    expected_run run;
    run.fault = name;
    run.exit_code = about.at("exit_code").get<int>();
    run.error_type = about.value("error_type", "");
    run.flags = about.value("flags", std::vector<std::string>());
    run.trials = model.at("trials").get<std::map<std::string, int>>();
    for (auto const& [cell, outcomes] : model.at("cells").items())
      run.cells[cell] = outcomes.at(name).get<std::string>();
    runs.push_back(std::move(run));
  }
  return runs;
}

expected_run expected_run_under(std::string const& fault) {
  for (auto& run : expected_runs()) {
    if (run.fault == fault) return std::move(run);
  }
  throw std::runtime_error("fixtures/expected_outcomes.json says nothing about " + fault);
}

std::string cell_outcome_of(std::string const& outcome_class) {
  return outcome_class == "agent_error" ? "errored" : outcome_class;
}

}  // namespace parley::test
