#include "adapters/cli/load_project.hpp"

#include "adapters/cli/list_command.hpp"
#include "adapters/cli/project_skeleton.hpp"
#include "adapters/cli/tell_problems.hpp"
#include "tests/support/captured_output.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

#include <algorithm>

using namespace parley;

namespace {

struct outcome_of_loading {
  loaded_project project;
  input_problems problems;

  std::string text() const {
    std::string all;
    for (auto const& p : problems.sorted()) all += to_text(p) + "\n";
    return all;
  }
  std::vector<std::string> ids() const {
    std::vector<std::string> found;
    for (auto const& unit : project.selected.cells) found.push_back(unit->id.value);
    return found;
  }
};

class sample_project {
 public:
  sample_project() {
    for (auto const& file : project_skeleton()) folder.write(std::string(file.path), std::string(file.text));
  }

  project_request request(project_request::purpose why) const {
    project_request wanted;
    wanted.why = why;
    wanted.configuration.file = (folder.path() / "parley.yaml").string();
    wanted.variables = environment();
    wanted.today = "2026-11-20";
    return wanted;
  }

  static outcome_of_loading load(project_request const& request) {
    outcome_of_loading result;
    result.project = load_project(request, result.problems);
    return result;
  }

  std::string path(std::string const& name) const { return (folder.path() / name).string(); }

  test::temporary_folder folder;
};

using purpose = project_request::purpose;
using words = std::vector<std::string>;

std::string const late = "support/late-delivery-refund@angry-regular";
std::string const hours = "support/opening-hours@curious-newcomer";

}  // namespace

TEST_CASE("The skeleton of a new project is complete: it runs without a warning") {
  sample_project const sample;
  auto const result = sample.load(sample.request(purpose::run));
  INFO(result.text());
  CHECK(result.problems.sorted().empty());
  CHECK(result.ids() == words{late, hours});
  CHECK(result.project.selected.cells.front()->agent == "example");
  CHECK(result.project.selected.cells.front()->limits.max_interactions == 8);
}

TEST_CASE("Paths, lines, ids and pieces of names select") {
  sample_project const sample;
  auto const selected = [&](std::string const& typed) {
    auto request = sample.request(purpose::list);
    request.selection.positionals = {typed};
    return sample.load(request).ids();
  };
  CHECK(selected(sample.path("tests/support.yaml")) == words{late, hours});
  CHECK(selected(sample.path("tests/support.yaml:6")) == words{hours});
  CHECK(selected(sample.path("scenarios/opening-hours.yaml")) == words{hours});
  CHECK(selected(sample.path("personas")) == words{late, hours});
  CHECK(selected(sample.folder.path().string()) == words{late, hours});
  CHECK(selected(late) == words{late});
  CHECK(selected("OPENING") == words{hours});
}

TEST_CASE("A line behind the end of its file is a mistake") {
  sample_project const sample;
  auto request = sample.request(purpose::list);
  request.selection.positionals = {sample.path("tests/support.yaml:99")};
  auto const told = sample_project::load(request).text();
  CHECK_THAT(told, Catch::Contains("tests/support.yaml:99': "));
  CHECK_THAT(told, Catch::Contains(" lines, name a line in it, or the file alone"));
}

TEST_CASE("Settings of `run` select too, and flags are above them") {
  sample_project const sample;
  auto request = sample.request(purpose::list);
  request.configuration.set = {"run.tag=['category:refunds']"};
  CHECK(sample.load(request).ids() == words{late});
  request.configuration.run = {{"tag", {"category:information"}, "--tag"}};
  CHECK(sample.load(request).ids() == words{hours});
  request.configuration.run = {{"tag", {"category:*"}, "--tag"}, {"scenario", {"late*"}, "--scenario"}};
  CHECK(sample.load(request).ids() == words{late});
}

TEST_CASE("A file outside of the project is read when it is named") {
  sample_project const sample;
  test::temporary_folder const elsewhere;
  auto const extra = elsewhere.write("extra.yaml",
                                     "name: Extra\nobjective: o\ninstructions: i\n"
                                     "initial_message_type: user-message\ninitial_message: hi\n"
                                     "script: {replies: [{say: bye, then: end}]}\n");
  auto request = sample.request(purpose::list);
  request.selection.positionals = {extra};
  request.selection.personas = {"Angry*"};
  CHECK(sample.load(request).ids() == words{"scenarios/extra@angry-regular"});
}

TEST_CASE("A variable that a used agent lacks is an error for run and a warning for list") {
  sample_project const sample;
  sample.folder.write(
      "parley.yaml",
      "agents: {a: {url: 'http://${A_HOST}'}, b: {url: 'http://${B_HOST}'}}\nrun: {agent: a}\n");
  auto const run = sample.load(sample.request(purpose::run));
  INFO(run.text());
  CHECK(run.problems.error_count() == 1);
  CHECK(run.problems.warning_count() == 1);
  CHECK(run.text().find("A_HOST of agents.a.url is not set") != std::string::npos);
  CHECK(sample.load(sample.request(purpose::list)).problems.error_count() == 0);
  CHECK(sample.load(sample.request(purpose::validate)).problems.error_count() == 0);
}

TEST_CASE("Missing scripts and judges stop run and are warnings for validate") {
  sample_project const sample;
  sample.folder.write("scenarios/no-script.yaml",
                      "name: No script\nobjective: o\ninstructions: i\ninitial_message_type: user-message\n"
                      "evaluation: {nl_assertions: [It was polite.]}\n");
  sample.folder.write("tests/more.yaml", "tests: [{scenario: No script, persona: Angry regular}]\n");
  auto const run = sample.load(sample.request(purpose::run));
  INFO(run.text());
  CHECK(run.problems.error_count() == 2);
  auto const validate = sample.load(sample.request(purpose::validate));
  CHECK(validate.problems.error_count() == 0);
  CHECK(validate.problems.warning_count() == 2);
  CHECK(sample.load(sample.request(purpose::list)).problems.sorted().empty());
}

TEST_CASE("A pattern that cannot be compiled is a load-time error") {
  sample_project const sample;
  sample.folder.write(
      "tests/more.yaml",
      "tests: [{name: p, scenario: Opening hours, persona: Angry regular,\n"
      "         criteria: {checks: [{json_schema: {type: object, patternProperties: {}}}]}}]\n");
  auto const result = sample.load(sample.request(purpose::validate));
  INFO(result.text());
  CHECK(result.problems.error_count() == 1);
  CHECK(result.text().find("tests/more.yaml:2:") != std::string::npos);
}

TEST_CASE("An agent that a unit test misspells is an error for validate, no agent at all is none") {
  sample_project const sample;
  sample.folder.write(
      "tests/more.yaml",
      "tests: [{name: x, scenario: Opening hours, persona: Angry regular, agent: exmaple}]\n");
  CHECK(sample.load(sample.request(purpose::validate)).text().find("did you mean 'example'?") !=
        std::string::npos);
  std::filesystem::remove(sample.path("tests/more.yaml"));
  sample.folder.write("parley.yaml", "");
  auto const none = sample.load(sample.request(purpose::validate));
  INFO(none.text());
  CHECK_FALSE(none.problems.has_errors());
  CHECK(sample.load(sample.request(purpose::run)).problems.error_count() == 1);
}

TEST_CASE("An agent that cannot work is an error for validate, and for run only when it is used") {
  sample_project const sample;
  sample.folder.write("parley.yaml",
                      "agents: {good: {url: 'http://h'}, bad: {url: 'ftp://h'}}\nrun: {agent: good}\n");
  CHECK_FALSE(sample.load(sample.request(purpose::run)).problems.has_errors());
  CHECK(sample.load(sample.request(purpose::validate)).problems.error_count() == 1);
  auto request = sample.request(purpose::run);
  request.configuration.run = {{"agent_url", {"no-url"}, "--agent-url"}};
  CHECK(sample.load(request).problems.error_count() == 1);
}

TEST_CASE("Agents of every type are checked as a whole") {
  sample_project const sample;
  sample.folder.write("parley.yaml", "agents: {chat: {type: amigo, url: 'http://h', service_id: s}}\n");
  auto const validate = sample.load(sample.request(purpose::validate));
  INFO(validate.text());
  CHECK(validate.problems.error_count() == 1);
  CHECK(validate.text().find("agents.chat.organization is missing") != std::string::npos);
  sample.folder.write("parley.yaml", "agents: {chat: {type: openai_chat, url: 'http://h', model: m}}\n");
  auto const run = sample.load(sample.request(purpose::run));
  INFO(run.text());
  CHECK_FALSE(run.problems.has_errors());
}

TEST_CASE("What a persona keeps from reports is a secret of the project") {
  sample_project const sample;
  sample.folder.write(
      "personas/secretive.yaml",
      "name: Secretive\nrole: customer\nbackground: b\n"
      "sensitive_user_variables: {card: '4111-1111', pin: '12', nested: {code: code-word}}\n");
  auto const secrets = sample.load(sample.request(purpose::list)).project.secrets;
  CHECK(secrets == words{"4111-1111", "code-word"});
}

TEST_CASE("A quarantine holds until the day it expires; from then on it fails the run") {
  sample_project const sample;
  sample.folder.write("parley.yaml", "agents: {example: {url: 'http://h'}}\nquarantine: {cells: [{cell: '" +
                                         late + "', owner: ann, reason: known, expires: 2026-11-20}]}\n");
  auto request = sample.request(purpose::list);
  CHECK(sample.load(request).project.selected.cells.front()->quarantine == "known");
  request.today = "2026-11-21";
  auto const later = sample.load(request);
  CHECK_FALSE(later.project.selected.cells.front()->quarantine);
  CHECK(later.problems.warning_count() == 1);
  request.why = purpose::run;
  auto const refused = sample.load(request);
  CHECK(refused.problems.has_errors());
  CHECK_THAT(refused.text(),
             Catch::Contains("expired on 2026-11-20, remove the entry, or give it a later date; ann"));
  request.selection.positionals = {hours};  // what the entry does not touch is held
  CHECK_FALSE(sample.load(request).problems.has_errors());
}

TEST_CASE("The cap of a quarantine counts cells, whatever globs they stand under") {
  sample_project const sample;
  auto const with = [&](std::string const& cap) {
    sample.folder.write("parley.yaml",
                        "agents: {example: {url: 'http://h'}}\nquarantine: {cap: " + cap +
                            ", cells: [{cell: '*', owner: ann, reason: r, expires: 2099-01-01}, "
                            "{cell: '" +
                            late + "', owner: ann, reason: r, expires: 2099-01-01}]}\n");
    return sample.load(sample.request(purpose::run)).text();
  };
  CHECK_THAT(with("1"), Catch::Contains("2 cells in quarantine, the cap is 1"));
  CHECK(with("2").empty());
}

TEST_CASE("A quarantine that fits no cell is told, not obeyed in silence") {
  sample_project const sample;
  sample.folder.write(
      "parley.yaml",
      "agents: {example: {url: 'http://h'}}\n"
      "quarantine: {cells: [{cell: 'gone/*', owner: ann, reason: known, expires: 2099-11-20}]}\n");
  auto const loaded = sample.load(sample.request(purpose::list));
  REQUIRE(loaded.problems.warning_count() == 1);
  auto const told = loaded.problems.sorted().front();
  CHECK(told.what == "the quarantine of 'gone/*' fits no cell");
  CHECK(told.where.line == 2);
}

TEST_CASE("An earlier run that does not exist is an error for --lf") {
  sample_project const sample;
  auto request = sample.request(purpose::list);
  request.selection.last_failed = true;
  CHECK(sample.load(request).problems.error_count() == 1);
}

TEST_CASE("A list names the cells, as ids or with what is known about them") {
  sample_project const sample;
  auto const loaded = sample.load(sample.request(purpose::list));
  test::captured_output output(std::cout);
  CHECK(print_cells(loaded.project, "ids") == 0);
  CHECK(output.take() == late + "\n" + hours + "\n");
  print_cells(loaded.project, "text");
  auto const text = output.take();
  CHECK(text.find(hours + "      1 trial  agent example  category:information  mood:friendly\n") !=
        std::string::npos);
  CHECK(text.ends_with("2 cells\n"));
  print_cells(loaded.project, "json");
  CHECK(output.take().find("\"scenario\":{\"name\":\"Late delivery refund\"") != std::string::npos);
}

TEST_CASE("An empty selection says which filter removed the last cell, and its code follows --no-tests") {
  sample_project const sample;
  auto request = sample.request(purpose::list);
  request.configuration.set = {"run.tag=[nothing]"};
  auto loaded = sample.load(request);
  test::captured_output output(std::cerr);
  CHECK(tell_empty_selection(loaded.project) == 5);
  CHECK(output.take() == "NOTHING SELECTED (exit 5): --tag nothing removed the last 2 of 2 cells\n");
  loaded.project.configuration.run.no_tests = empty_selection::pass;
  CHECK(tell_empty_selection(loaded.project) == 0);
}

TEST_CASE("Problems are told without secrets, with a headline when there are errors") {
  input_problems problems;
  problems.error({"f.yaml", 1, 2, {}}, "bad 'hush-hush'", "fix it");
  problems.warning({"f.yaml", 3, 1, {}}, "odd \x1b[31m");
  loaded_project project;
  project.secrets = {"hush-hush"};
  test::captured_output output(std::cerr);
  CHECK(tell_problems(problems, project) == 4);
  CHECK(output.take() ==
        "f.yaml:1:2: bad '***', fix it\nf.yaml:3:1: warning: odd \\x1b[31m\nINVALID (exit 4): 1 error, 1 "
        "warning\n");
  CHECK(tell_problems(input_problems()) == 0);
  CHECK(output.take().empty());
}
