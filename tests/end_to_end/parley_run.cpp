#include "tests/end_to_end/parley_run.hpp"

#include "runner/inputs/run_plan.hpp"
#include "tests/end_to_end/sample_agent.hpp"
#include "tests/support/project_paths.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace parley::test {
namespace {

namespace fs = std::filesystem;

// "set/scenario@persona[#name]" out of a suite's name and "scenario / persona[ / name]".
std::string id_of(std::string const& set, std::string const& name) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (auto end = name.find(" / "); end != name.npos; end = name.find(" / ", begin)) {
    parts.push_back(slug(name.substr(begin, end - begin)));
    begin = end + 3;
  }
  parts.push_back(slug(name.substr(begin)));
  if (parts.size() < 2) return set + "/" + name;
  return set + "/" + parts[0] + "@" + parts[1] + (parts.size() > 2 ? "#" + parts[2] : "");
}

}  // namespace

project_copy::project_copy(std::string const& name) {
  std::string pattern = (fs::temp_directory_path() / "parley-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  root_ = pattern;
  fs::copy(fs::path(source_path("fixtures")) / name, root_, fs::copy_options::recursive);
  fs::remove_all(root_ / ".parley");  // of somebody who tried the fixture by hand
}

project_copy::~project_copy() {
  std::error_code ignored;
  fs::remove_all(root_, ignored);
}

std::string parley_result::last_line() const {
  std::string last;
  for (auto const& line : lines_of(out)) {
    if (!line.empty()) last = line;
  }
  return last;
}

parley_result run_parley(project_copy const& project, std::vector<std::string> const& arguments,
                         std::map<std::string, std::string> variables) {
  return run_parley_in(project.root(), arguments, std::move(variables));
}

parley_result run_parley_in(fs::path const& folder, std::vector<std::string> const& arguments,
                            std::map<std::string, std::string> variables, std::chrono::seconds limit) {
  child_command command({parley_program()});
  command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
  command.variables = std::move(variables);
  command.variables["NO_COLOR"] = "1";
  command.directory = folder.string();
  child_process process(command);
  process.close_input();
  parley_result result;
  result.exit_code = process.wait(limit);
  result.out = process.out();
  result.err = process.err();
  return result;
}

std::vector<std::string> lines_of(std::string const& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string read_text(fs::path const& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("missing: " + file.string());
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// One line a cell: "[ 3/20] FAIL  refunds/late-delivery-refund@angry-regular ...".
std::map<std::string, std::string> outcomes_in_console(parley_result const& result) {
  static std::map<std::string, std::string> const words{
      {"PASS", "passed"}, {"FAIL", "failed"}, {"ERROR", "errored"}, {"SKIP", "skipped"}, {"FLAKY", "flaky"}};
  std::map<std::string, std::string> told;
  for (auto const& line : lines_of(result.err + result.out)) {
    if (!line.starts_with("[")) continue;
    std::istringstream rest(line.substr(line.find(']') + 1));
    std::string word;
    std::string id;
    rest >> word >> id;
    if (auto const known = words.find(word); known != words.end()) told[id] = known->second;
  }
  return told;
}

std::map<std::string, std::string> outcomes_in_json(nlohmann::json const& report) {
  std::map<std::string, std::string> told;
  for (auto const& cell : report.at("cells"))
    told[cell.at("id").get<std::string>()] = cell.at("outcome").get<std::string>();
  return told;
}

std::map<std::string, std::string> outcomes_in_junit(pugi::xml_document const& report) {
  std::map<std::string, std::string> told;
  for (auto const& suite : report.child("testsuites").children("testsuite")) {
    for (auto const& test : suite.children("testcase")) {
      std::string outcome = "passed";
      if (test.child("failure")) outcome = "failed";
      if (test.child("error")) outcome = "errored";
      if (test.child("skipped")) outcome = "skipped";
      told[id_of(suite.attribute("name").value(), test.attribute("name").value())] = outcome;
    }
  }
  return told;
}

}  // namespace parley::test
