#include "adapters/scenario_sources/scenario_directory.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/project_paths.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

using namespace parley;
namespace fs = std::filesystem;

namespace {

// A folder of its own per test, gone afterwards.
class project_folder {
 public:
  project_folder() {
    std::string name = (fs::temp_directory_path() / "parley-sources-XXXXXX").string();
    root = mkdtemp(name.data());
  }
  ~project_folder() { fs::remove_all(root); }
  project_folder(project_folder const&) = delete;
  project_folder& operator=(project_folder const&) = delete;

  void write(std::string const& path, std::string const& text) const {
    fs::create_directories((root / path).parent_path());
    std::ofstream(root / path, std::ios::binary) << text;
  }

  fs::path root;
};

std::string scenario_text(std::string const& name) {
  return "name: " + name + "\nobjective: o\ninstructions: i\n";
}

std::vector<std::string> names(std::vector<scenario> const& scenarios) {
  std::vector<std::string> all;
  for (auto const& s : scenarios) all.push_back(s.name);
  return all;
}

struct loaded {
  project_inputs inputs;
  std::vector<std::string> problems;
};

loaded load(fs::path const& root, std::vector<fs::path> named, fs::path const& working_directory) {
  input_problems problems;
  loaded result;
  result.inputs = scenario_directory(root, std::move(named), working_directory).load(problems);
  for (auto const& problem : problems.sorted()) result.problems.push_back(to_text(problem));
  return result;
}

using list = std::vector<std::string>;

}  // namespace

TEST_CASE("A pipe among the files is named, not read") {
  project_folder const project;
  project.write("scenarios/a.yaml", scenario_text("A"));
  REQUIRE(::mkfifo((project.root / "scenarios/pipe.yaml").c_str(), 0600) == 0);
  auto const found = load(project.root, {}, project.root);
  CHECK(names(found.inputs.scenarios) == list{"A"});
  REQUIRE(found.problems.size() == 1);
  CHECK(found.problems[0].find("pipe.yaml: this is no regular file") != std::string::npos);
}

TEST_CASE("The three folders are read in the order of their paths, hidden and other files left out") {
  project_folder const project;
  project.write("scenarios/b.yml", scenario_text("B"));
  project.write("scenarios/a/z.yaml", scenario_text("Z"));
  project.write("scenarios/c.json", R"([{"name": "C1", "objective": "o", "instructions": "i"},
                                        {"name": "C2", "objective": "o", "instructions": "i"}])");
  project.write("scenarios/.hidden/x.yaml", "not: [valid");
  project.write("scenarios/.x.yaml", "not: [valid");
  project.write("scenarios/readme.md", "# no input");
  project.write("personas/p.yaml", "name: P\nbackground: b\n");
  project.write("tests/nightly/refunds.yaml", "tests:\n  - {scenario: B, persona: P}\n");
  project.write("parley.yaml", "agents: {}\n");
  project.write("elsewhere/d.yaml", scenario_text("D"));
  auto const result = load(project.root, {}, project.root);
  CHECK(result.problems == list{});
  CHECK(names(result.inputs.scenarios) == list{"Z", "B", "C1", "C2"});
  REQUIRE(result.inputs.personas.size() == 1);
  CHECK(to_text(result.inputs.personas[0].where) == "personas/p.yaml:1:1");
  REQUIRE(result.inputs.unit_tests.size() == 1);
  CHECK(result.inputs.unit_tests[0].set == "nightly-refunds");
  CHECK(to_text(result.inputs.unit_tests[0].tests[0].where) == "tests/nightly/refunds.yaml:2:5");
}

TEST_CASE("Named files and folders are read wherever they lie, and nothing is read twice") {
  project_folder const project;
  project.write("scenarios/a.yaml", scenario_text("A"));
  project.write("more/s.yaml", scenario_text("S"));
  project.write("more/p.json", R"({"name": "P", "versions": [{"version": 3, "background": "b"}]})");
  project.write("more/amigo.json", R"({"name": "AP", "role": "r", "initial_version": {"background": "b"}})");
  project.write("more/tests/deep/t.yaml", "matrix: [{}]\n");
  project.write("more/t.yaml", "tests: [{scenario: A}]\n");
  project.write("more/eqho.json", R"({"name": "E", "lead_scenario": {"persona": "p"}})");
  project.write("more/parley.yaml", "agents: {}\n");
  auto const result =
      load(project.root, {"scenarios/a.yaml", "./scenarios", "more", "more/s.yaml"}, project.root);
  CHECK(result.problems == list{});
  CHECK(names(result.inputs.scenarios) == list{"A", "E", "S"});
  CHECK(to_text(result.inputs.scenarios[2].where) == "more/s.yaml:1:1");
  CHECK(result.inputs.personas.size() == 2);
  REQUIRE(result.inputs.unit_tests.size() == 2);
  CHECK(result.inputs.unit_tests[0].set == "t");
  CHECK(result.inputs.unit_tests[1].set == "deep-t");
}

TEST_CASE("Positions are as the user would type them") {
  project_folder const project;
  project.write("scenarios/a.yaml", scenario_text("A"));
  project.write("sub/x.yaml", scenario_text("X"));
  auto const result = load("..", {project.root / "sub" / "x.yaml"}, project.root / "sub");
  CHECK(to_text(result.inputs.scenarios.at(0).where) == "../scenarios/a.yaml:1:1");
  CHECK(to_text(result.inputs.scenarios.at(1).where) == (project.root / "sub" / "x.yaml:1:1").string());
}

TEST_CASE("The problems of all files are reported at once, and the good files are read") {
  project_folder const project;
  project.write("scenarios/empty.yaml", "# nothing\n");
  project.write("scenarios/empty.json", "");
  project.write("scenarios/latin1.yaml", "name: caf\xE9\n");
  project.write("scenarios/text.yaml", "just text\n");
  project.write("scenarios/typo.yaml", "name: Typo\nobjectve: o\ninstructions: i\n");
  project.write("scenarios/good.yaml", scenario_text("Good"));
  project.write("tests/t.yaml", "tests:\n  - persona: P\n");
  auto const result = load(project.root, {"missing.yaml", "notes.txt"}, project.root);
  CHECK(result.problems ==
        list{"missing.yaml: there is no such file or folder, check the path",
             "notes.txt: there is no such file or folder, check the path",
             "scenarios/empty.json:1:1: the file is empty, write a JSON object or list",
             "scenarios/empty.yaml:1:1: nothing is written here, write one object, or remove it",
             "scenarios/latin1.yaml:1:10: malformed UTF-8, save the file as UTF-8",
             "scenarios/text.yaml:1:1: a text where an object is expected, a file holds one object with keys "
             "such as "
             "'name', or a list of them",
             "scenarios/typo.yaml:1:1: missing key 'objective' in scenario, write objective or versions",
             "scenarios/typo.yaml:2:1: unknown key 'objectve', did you mean 'objective'?",
             "tests/t.yaml:2:5: missing key 'scenario' in tests[0], add it: name, id or slug of a scenario"});
  // Typo is known by name, so that nobody complains about references to it as well.
  CHECK(names(result.inputs.scenarios) == list{"Good", "Typo"});
}

TEST_CASE("A file that may not be read is a problem, not a crash") {
  project_folder const project;
  project.write("scenarios/a.yaml", scenario_text("A"));
  project.write("x.txt", "");
  if (::geteuid() != 0) {
    fs::permissions(project.root / "scenarios/a.yaml", fs::perms::none);
    CHECK(load(project.root, {}, project.root).problems ==
          list{"scenarios/a.yaml: this file cannot be read, check that it exists and may be read"});
  }
  CHECK(load(project.root, {"x.txt"}, project.root).problems.back() ==
        "x.txt: neither .yaml, .yml nor .json, name a file with one of these endings");
}

TEST_CASE("A folder that contains itself is read once") {
  project_folder const project;
  project.write("scenarios/a.yaml", scenario_text("A"));
  fs::create_directory_symlink("..", project.root / "scenarios" / "again");
  CHECK(names(load(project.root, {}, project.root).inputs.scenarios) == list{"A"});
}

TEST_CASE("The bundled samples are read without a problem") {
  fs::path const samples = test::source_path("fixtures");
  for (auto const* const project : {"project", "needs_model"}) {
    if (!fs::exists(samples / project)) continue;
    auto const result = load(samples / project, {}, samples);
    CHECK(result.problems == list{});
    CHECK_FALSE(result.inputs.scenarios.empty());
  }
}

TEST_CASE("A second scenario or persona of one name is an error that names the first") {
  project_folder const folder;
  folder.write("scenarios/a.yaml", scenario_text("S"));
  folder.write("scenarios/b.yaml", scenario_text("S"));
  folder.write("scenarios/c.yaml", "id: 0123456789abcdef01234567\n" + scenario_text("S"));
  auto const result = load(folder.root, {}, folder.root);
  CHECK(names(result.inputs.scenarios) == std::vector<std::string>{"S", "S"});  // an id tells the third apart
  REQUIRE(result.problems.size() == 1);
  CHECK_THAT(result.problems[0], Catch::Contains("b.yaml:1:1: a second scenario 'S', the first stands at "));
  CHECK_THAT(result.problems[0], Catch::Contains("a.yaml:1:1"));
}
