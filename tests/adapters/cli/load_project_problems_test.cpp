// Everything that is wrong in a project is told at once: no mistake hides another.
#include "adapters/cli/load_project.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

#include <algorithm>
#include <string>
#include <vector>

using namespace parley;

namespace {

constexpr auto good_scenario = R"(name: Parcel
objective: Find the parcel.
instructions: Be brief.
initial_message_type: user-message
script: ["Hello"]
)";

constexpr auto good_persona = "name: Ann\nbackground: A customer.\n";

class broken_project {
 public:
  explicit broken_project(std::string const& configuration) {
    write("parley.yaml", configuration);
    write("scenarios/parcel.yaml", good_scenario);
    write("personas/ann.yaml", good_persona);
  }

  void write(std::string const& path, std::string const& text) { folder_.write(path, text); }

  // One line for each problem, without the folder's name.
  std::string problems(project_request::purpose why) {
    project_request wanted;
    wanted.why = why;
    wanted.configuration.file = (folder_.path() / "parley.yaml").string();
    input_problems found;
    load_project(wanted, found);
    std::string all;
    for (auto const& problem : found.sorted()) all += to_text(problem) + "\n";
    auto const root = folder_.path().string() + "/";
    for (auto at = all.find(root); at != std::string::npos; at = all.find(root)) all.erase(at, root.size());
    return all;
  }

  void check_tells(std::vector<std::string> const& wanted) {
    auto const told = problems(project_request::purpose::validate);
    INFO(told);
    for (auto const& problem : wanted) {
      INFO(problem);
      CHECK(told.find(problem) != std::string::npos);
    }
  }

 private:
  test::temporary_folder folder_;
};

}  // namespace

TEST_CASE("A broken agent hides no wrong address or template of another") {
  broken_project project(R"(agents:
  broken: {type: http, url: "http://127.0.0.1:1/", max_body: lots}
  wrong: {type: http, url: "ftp://127.0.0.1/"}
  mapped: {type: http, url: "http://127.0.0.1:1/", requests: {say: {url: /say, body: {text: "{{contnt}}"}}}}
run: {agent: mapped}
)");
  project.check_tells({"parley.yaml:2:62: 'max_body' is 'lots'",
                       "parley.yaml:3:28: agents.wrong.url cannot be used: its scheme is neither http",
                       "parley.yaml:4:93: agents.mapped.requests.say.body.text: unknown name 'contnt'"});
}

TEST_CASE("A key that stands twice hides nothing else of its file") {
  broken_project project("agents: {a: {url: \"http://127.0.0.1:1/\"}}\n");
  project.write("scenarios/twice.yaml", std::string(good_scenario) + R"(name: Again
objectve: misspelt
evaluation: {checks: [{mentons: x}]}
)");
  project.check_tells({"scenarios/twice.yaml:6:1: the key 'name' stands twice in this map",
                       "scenarios/twice.yaml:7:1: unknown key 'objectve', did you mean 'objective'?",
                       "scenarios/twice.yaml:8:24: unknown key 'mentons', did you mean 'mentions'?"});
}

TEST_CASE("A malformed check hides no wrong schema beside it") {
  broken_project project("agents: {a: {url: \"http://127.0.0.1:1/\"}}\n");
  project.write("scenarios/checks.yaml", R"(name: Checks
objective: o
instructions: i
initial_message_type: user-message
script: ["Hello"]
evaluation:
  checks:
    - {mentons: x}
    - {json_schema: {type: object, patternProperties: {"^a": {type: string}}}}
)");
  project.check_tells({"scenarios/checks.yaml:8:8: unknown key 'mentons'", "patternProperties"});
}

TEST_CASE("A wrong unit test hides no mistake of the others, nor of its own") {
  broken_project project("agents: {a: {url: \"http://127.0.0.1:1/\"}}\n");
  project.write("tests/t.yaml", R"(tests:
  - {scenario: Parcel, persona: Ann, max_interactions: 200}
  - {scenario: Parsel, persona: Ann}
  - {scenaro: Parcel, persona: Ann}
  - {scenario: Parcel, persona: Anne, trials: many}
  - {scenario: Parcel, persona: Ann, trials: 3, pass_rule: 2/5, criteria: {checks: [{contains: 1}, {mentions: x}]}}
colour: red
)");
  project.check_tells({"tests/t.yaml:2:56: 'max_interactions' is 200", "tests/t.yaml:3:16: ", "Parsel",
                       "tests/t.yaml:4:6: unknown key 'scenaro', did you mean 'scenario'?",
                       "tests/t.yaml:5:33: ", "tests/t.yaml:5:47: 'trials' is text",
                       "tests/t.yaml:6:46: trials: 3 contradicts the pass rule 2/5",
                       "tests/t.yaml:6:96: 'contains' is the number 1",
                       "tests/t.yaml:7:1: unknown key 'colour'"});
}

TEST_CASE("What one mistake leaves out is no second mistake") {
  broken_project project("agents: {a: {url: \"http://127.0.0.1:1/\", max_body: lots}}\nrun: {agent: a}\n");
  project.write("tests/t.yaml", "tests:\n  - {scenaro: Parcel, persona: Ann}\n");
  auto const told = project.problems(project_request::purpose::run);
  INFO(told);
  CHECK(std::count(told.begin(), told.end(), '\n') ==
        3);  // the size, the key, and that `scenario` is missing
}

TEST_CASE("Scenarios of a tests file that cannot be read lack no persona") {
  broken_project project("agents: {a: {url: \"http://127.0.0.1:1/\"}}\n");
  project.write("personas/bob.yaml", "name: Bob\nbackground: Another customer.\n");
  project.write("tests/t.yaml", "tests: [{scenario: Parcel\n");
  auto const told = project.problems(project_request::purpose::run);
  INFO(told);
  CHECK(told.find("tests/t.yaml:1:") != std::string::npos);
  CHECK(std::count(told.begin(), told.end(), '\n') == 1);
}
