#include "tests/end_to_end/hostile_agents.hpp"
#include "tests/end_to_end/hostile_run.hpp"
#include "tests/end_to_end/sample_agent.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <fstream>

using namespace parley;
using namespace parley::test;
using nlohmann::json;

namespace {

constexpr std::chrono::seconds hanging{20};

std::string agent_at(std::string const& url) {
  return "{type: http, url: \"" + url + "\"}";
}

std::string yaml_bomb() {
  std::string text = "a: &a [x, x, x, x, x, x, x, x, x, x]\n";
  for (char name = 'b'; name <= 'j'; ++name) {
    std::string const last = std::string("*") + static_cast<char>(name - 1);
    text += std::string(1, name) + ": &" + name + " [" + last;
    for (int i = 1; i < 10; ++i) text += ", " + last;
    text += "]\n";
  }
  return "name: Bomb\nobjective: Talk\nenvironment:\n  variables:\n" + text;
}

std::string indented(std::string const& text) {
  std::string out = "    ";
  for (char const c : text) {
    out += c;
    if (c == '\n') out += "    ";
  }
  return out;
}

struct bad_file {
  char const* name;
  char const* path;
  std::string text;
  std::string said;
};

std::vector<bad_file> const& bad_files() {
  static std::string const deep = std::string(200'000, '[') + std::string(200'000, ']');
  static std::vector<bad_file> const files{
      {"a YAML bomb", "scenarios/extra.yaml",
       "name: Bomb\nobjective: Talk\nenvironment:\n  variables:\n" +
           indented(yaml_bomb().substr(yaml_bomb().find("a: &a"))),
       "200,000 values"},
      {"a YAML bomb that contains itself", "scenarios/extra.yaml",
       "name: Bomb\nobjective: Talk\ntags: &a {again: *a}\n", "alias stands inside"},
      {"YAML nested 200,000 deep", "scenarios/extra.yaml", "name: " + deep + "\n", "64"},
      {"YAML nested by dashes", "scenarios/extra.yaml", std::string(200'000, '-') + "\n", ""},
      {"JSON nested 200,000 deep", "scenarios/extra.json", "{\"name\": " + deep + "}", "64"},
      {"a file of 5 MB", "scenarios/extra.yaml", "name: " + std::string(5'000'000, 'a') + "\n", "4 MiB"},
      {"half a JSON file", "scenarios/extra.json", "{\"name\": \"Ha", "JSON"},
      {"invalid UTF-8", "scenarios/extra.yaml", "name: caf\xe9\n", "UTF-8"},
      {"NUL", "scenarios/extra.yaml", std::string("name: a\0b\n", 10), "U+0000"},
      {"escape sequences", "scenarios/extra.yaml", "name: \x1b[31mred\n", "U+001B"},
      {"escape sequences in a key", "scenarios/extra.yaml", "name: x\n\"\\e[31m##vso[x]::\\uFFFE\": y\n",
       "\\x1b[31m# #vso"},
      {"a pattern that needs backtracking", "scenarios/extra.yaml",
       "name: Extra\nobjective: Talk\ninitial_message: Hi\nscript: {replies: [{when: '(a)\\1', say: x}]}\n",
       "when"},
      {"a pattern that explodes", "scenarios/extra.yaml",
       "name: Extra\nobjective: Talk\ninitial_message: Hi\nscript: {replies: [{when: '((a{100}){100}){100}', "
       "say: x}]}\n",
       "when"},
      {"a schema whose pattern needs backtracking", "scenarios/bad.yaml",
       "name: Bad\nobjective: Talk\nscript: [Hi]\nevaluation: {checks: [{json_schema: {pattern: "
       "'(?=a)'}}]}\n",
       "pattern"},
      {"a schema that refers to itself for ever", "scenarios/bad.yaml",
       "name: Bad\nobjective: Talk\nscript: [Hi]\nevaluation: {checks: [{json_schema: {$ref: '#'}}]}\n",
       "$ref"},
  };
  return files;
}

parley_result run_in(hostile_project const& project, std::vector<std::string> const& arguments) {
  return run_parley_in(project.folder().path(), arguments, {}, hanging);
}

parley_result shell_in(hostile_project const& project, std::string const& script) {
  child_command command({"/bin/sh", "-c", script});
  command.variables["PARLEY"] = parley_program();
  command.directory = project.folder().path().string();
  child_process process(command);
  process.close_input();
  parley_result result;
  result.exit_code = process.wait(hanging);
  result.out = process.out();
  result.err = process.err();
  return result;
}

}  // namespace

TEST_CASE("files that no project should hold are refused by name, and take nothing with them",
          "[bad_input]") {
  for (auto const& file : bad_files()) {
    DYNAMIC_SECTION(file.name) {
      hostile_agents agents;
      hostile_project const project(agents.well_behaved(), agent_at(agents.well_behaved()));
      CHECK(run_hostile(project).parley.exit_code == 0);
      project.folder().write(file.path, file.text);
      auto const refused = run_in(project, {"run"});
      INFO(refused.err.substr(0, 2000));
      CHECK(refused.exit_code == 4);
      CHECK(holds(refused.err, file.path));
      CHECK(holds(refused.err, file.said));
      CHECK(refused.err.size() < 10'000);
      CHECK(harm_to_terminal(refused.err + refused.out) == "");
      CHECK(run_in(project, {"report"}).exit_code == 0);  // the run before it is still there
    }
  }
}

TEST_CASE("a configuration that is a YAML bomb", "[bad_input]") {
  hostile_agents agents;
  hostile_project const project(agents.well_behaved(), agent_at(agents.well_behaved()));
  project.folder().write("parley.yaml", yaml_bomb());
  auto const refused = run_in(project, {"run"});
  CHECK(refused.exit_code == 4);
  CHECK(holds(refused.err, "parley.yaml"));
  CHECK(harm_to_terminal(refused.err) == "");
}

TEST_CASE("lines that no recording should hold are refused by number, and the others are scored",
          "[bad_input]") {
  json const scenario{{"name", "Recorded"},
                      {"objective", "Talk"},
                      {"instructions", "Be brief"},
                      {"evaluation", {{"checks", {{{"contains", "refund"}}}}}}};
  auto const line = [&](std::string const& id, std::string const& content) {
    json const message{{"role", "assistant"}, {"content", content}};
    return json{{"id", id}, {"scenario", scenario}, {"messages", {message}}}.dump() + "\n";
  };
  temporary_folder const folder;
  folder.write("talks.jsonl", line("first", "your refund") + "{\"id\": \"half\", \"mess\n" +
                                  std::string(200'000, '[') + "\n" + "{\"id\": \"caf\xe9\"}\n" +
                                  std::string("{\"id\": \"\0\"}\n", 12) + "\"\\u001b[31m\"\n" +
                                  line("last", "your refund \x1b[2J ##vso[x]") +
                                  line("cut", "x").substr(0, 60));
  auto const result = run_parley_in(folder.path(),
                                    {"evaluate", "talks.jsonl", "--reporter", "console", "--reporter",
                                     "jsonl=out.jsonl", "--junit", "out.xml"},
                                    {}, hanging);
  INFO(result.err << result.out);
  CHECK(result.exit_code == 4);
  for (auto const* number :
       {"talks.jsonl:2", "talks.jsonl:3", "talks.jsonl:4", "talks.jsonl:5", "talks.jsonl:6", "talks.jsonl:8"})
    CHECK_THAT(result.err, Catch::Contains(number));
  auto const scored = folder.read("out.jsonl");
  CHECK(std::count(scored.begin(), scored.end(), '\n') == 2);
  CHECK(harm_to_terminal(result.err + result.out) == "");
  CHECK(harm_to_xml(folder.read("out.xml")) == "");
}

TEST_CASE("a journal with half a line at its end still tells what was finished", "[bad_input]") {
  hostile_agents agents;
  hostile_project const project(agents.well_behaved(), agent_at(agents.answering({http_response(500)})));
  run_hostile(project);
  auto const journal =
      std::filesystem::canonical(project.folder().path() / ".parley/runs/latest") / "events.jsonl";
  auto const whole = read_text(journal);
  std::string end;
  SECTION("cut off") {}
  SECTION("full of NUL") {
    end = std::string(4096, '\0');
  }
  std::filesystem::resize_file(journal, whole.rfind('\n', whole.size() - 2) + 20);
  std::ofstream(journal, std::ios::app | std::ios::binary) << end;
  auto const told = run_in(project, {"report", "--reporter", "json=again.json", "--reporter", "console"});
  INFO(told.err << told.out);
  CHECK(told.exit_code == 0);
  auto const again = json::parse(project.folder().read("again.json"));
  CHECK(outcomes_in_json(again) ==
        std::map<std::string, std::string>{{"cases/good@user", "passed"}, {"cases/bad@user", "errored"}});
}

TEST_CASE("a reader that hangs up is no failure of the report", "[bad_input]") {
  hostile_agents agents;
  hostile_project const project(agents.well_behaved(), agent_at(agents.well_behaved()));
  run_hostile(project);
  // A pipe that has lost its only reader before anything is written.
  auto const told = shell_in(
      project, "mkfifo pipe; exec 3<>pipe 4>pipe 3<&-; \"$PARLEY\" report --reporter json >&4; echo $?");
  CHECK(told.err == "");
  CHECK(told.out == "0\n");
}

TEST_CASE("a full disk is named where the report was going", "[bad_input]") {
  hostile_agents agents;
  hostile_project const project(agents.well_behaved(), agent_at(agents.well_behaved()));
  run_hostile(project);
  auto const told = shell_in(project, "\"$PARLEY\" report --reporter json > /dev/full; echo $?");
  CHECK_THAT(told.err, Catch::Contains("cannot write standard output: No space left on device"));
  CHECK(told.out == "3\n");
}
