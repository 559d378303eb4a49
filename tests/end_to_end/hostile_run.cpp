#include "tests/end_to_end/hostile_run.hpp"

#include "reports/utf8_text.hpp"
#include "tests/support/catch.hpp"

#include <cstdlib>

namespace parley::test {
namespace {

constexpr std::chrono::seconds hanging{30};

bool is_noncharacter(char32_t value) {
  return (value & 0xFFFEU) == 0xFFFEU || (value >= 0xFDD0 && value <= 0xFDEF);
}

bool is_control(char32_t value) {
  return value < 0x20 || (value >= 0x7F && value <= 0x9F);
}

std::string at_byte(std::size_t at, char32_t value) {
  return "code point " + std::to_string(static_cast<unsigned>(value)) + " at byte " + std::to_string(at);
}

bool reads_with_libxml2(std::string const& document) {
  temporary_folder const folder;
  auto const file = folder.write("report.xml", document);
  return std::system(("xmllint --noout '" + file + "'").c_str()) == 0;
}

}  // namespace

hostile_project::hostile_project(std::string const& good_url, std::string const& bad_agent) {
  folder_.write("parley.yaml", "agents:\n  good: {type: http, url: \"" + good_url +
                                   "\"}\n  bad: " + bad_agent + "\nrun: {retries: 0, turn_timeout: 5s}\n");
  folder_.write("personas/user.yaml", "name: User\nbackground: Somebody\n");
  folder_.write("scenarios/good.yaml", "name: Good\nobjective: Talk\nscript: [Hello]\n");
  bad_scenario("script: [Hello]");
  bad_test("tags: {}");
}

void hostile_project::bad_scenario(std::string const& keys) {
  folder_.write("scenarios/bad.yaml", "name: Bad\nobjective: Talk\n" + keys + "\n");
}

void hostile_project::bad_test(std::string const& keys) {
  folder_.write("tests/cases.yaml",
                "set: cases\n"
                "tests:\n"
                "  - {scenario: Good, persona: User, agent: good, criteria: {checks: [{contains: help}]}}\n"
                "  - scenario: Bad\n"
                "    persona: User\n"
                "    agent: bad\n"
                "    " +
                    keys + "\n");
}

nlohmann::json const& hostile_result::cell(std::string const& id) const {
  for (auto const& told : report.at("cells"))
    if (told.at("id") == id) return told;
  throw std::runtime_error("no cell " + id);
}

nlohmann::json const& hostile_result::bad_trial() const {
  return cell("cases/bad@user").at("trials").at(0);
}

hostile_result run_hostile(hostile_project const& project, std::vector<std::string> const& flags) {
  std::vector<std::string> all{"run",           "--reporter", "console", "--reporter",
                               "json=run.json", "--junit",    "run.xml"};
  all.insert(all.end(), flags.begin(), flags.end());
  hostile_result result;
  auto const& folder = project.folder();
  result.parley = run_parley_in(folder.path(), all, {}, hanging);
  if (std::filesystem::exists(folder.path() / "run.json"))
    result.report = nlohmann::json::parse(folder.read("run.json"));
  result.junit = folder.read("run.xml");
  return result;
}

void check_survived(hostile_project const& project, hostile_result const& result) {
  INFO(result.parley.err << result.parley.out);
  REQUIRE(result.report.is_object());
  CHECK(result.cell("cases/good@user").at("outcome") == "passed");
  CHECK(result.report.at("run").at("exit_code") == result.parley.exit_code);
  CHECK(harm_to_terminal(result.parley.out) == "");
  CHECK(harm_to_terminal(result.parley.err) == "");
  CHECK(harm_to_xml(result.junit) == "");
  pugi::xml_document junit;
  REQUIRE(junit.load_string(result.junit.c_str(), pugi::parse_full));
  CHECK(outcomes_in_junit(junit) == outcomes_in_json(result.report));

  auto const again =
      run_parley_in(project.folder().path(),
                    {"report", "--reporter", "console", "--reporter", "json=again.json"}, {}, hanging);
  INFO(again.err);
  CHECK(again.exit_code == 0);
  CHECK(harm_to_terminal(again.out + again.err) == "");
  auto const told = nlohmann::json::parse(project.folder().read("again.json"));
  CHECK(told.at("cells") == result.report.at("cells"));
}

void check_bad_error(hostile_result const& result, std::string const& type, std::string const& part) {
  INFO(result.parley.err << result.parley.out);
  CHECK(result.parley.exit_code == 6);
  CHECK(result.cell("cases/bad@user").at("outcome") == "errored");
  auto const& trial = result.bad_trial();
  CHECK(trial.at("outcome") == "agent_error");
  CHECK(trial.at("error").at("type") == type);
  CHECK_THAT(trial.at("error").at("message").get<std::string>(), Catch::Contains(part));
  CHECK_THAT(result.parley.last_line(), Catch::StartsWith("INCOMPLETE (exit 6): 1 errored, 1 passed"));
  CHECK(holds(result.parley.out, "what to do"));
}

std::string harm_to_terminal(std::string const& text) {
  for (std::size_t at = 0; at < text.size();) {
    auto const point = decode_utf8(text, at);
    bool const layout = point.value == '\n' || point.value == '\t';
    bool const harmful = !point.valid || (is_control(point.value) && !layout) || is_noncharacter(point.value);
    if (harmful) return at_byte(at, point.value);
    at += point.length;
  }
  for (auto const* command : {"::", "##[", "##vso[", "##teamcity["})
    if (holds(text, command)) return std::string("the command ") + command;
  return {};
}

std::string harm_to_xml(std::string const& document) {
  for (std::size_t at = 0; at < document.size();) {
    auto const point = decode_utf8(document, at);
    bool const layout = point.value == '\n' || point.value == '\t' || point.value == '\r';
    bool const beyond = point.value == 0xFFFE || point.value == 0xFFFF;
    if (!point.valid || (point.value < 0x20 && !layout) || beyond) return at_byte(at, point.value);
    at += point.length;
  }
  return reads_with_libxml2(document) ? "" : "xmllint does not read it";
}

bool holds(std::string const& text, std::string const& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace parley::test
