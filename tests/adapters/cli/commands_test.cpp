#include "adapters/cli/config_show_command.hpp"
#include "adapters/cli/init_command.hpp"
#include "adapters/cli/project_skeleton.hpp"
#include "adapters/cli/schema_command.hpp"
#include "adapters/cli/validate_command.hpp"
#include "tests/support/captured_output.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

#include <nlohmann/json.hpp>

using namespace parley;

namespace {

std::string output_of_validate(test::temporary_folder const& folder, int expected,
                               std::vector<std::string> paths = {}) {
  validate_options options;
  options.configuration.file = (folder.path() / "parley.yaml").string();
  options.paths = std::move(paths);
  test::captured_output output(std::cout);
  CHECK(validate_command(options) == expected);
  return output.take();
}

bool contains(std::string const& text, std::string const& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("init writes what is missing of a valid project and never overwrites a file") {
  test::temporary_folder const folder;
  folder.write("tests/support.yaml", "tests: []\n");
  init_options options;
  options.directory = folder.path().string();
  {
    test::captured_output output(std::cout);
    CHECK(init_command(options) == 0);
    auto const text = output.take();
    CHECK(contains(text, "wrote " + (folder.path() / "parley.yaml").string()));
    CHECK(contains(text, "kept  " + (folder.path() / "tests/support.yaml").string()));
    CHECK(contains(text, "parley run"));
  }
  CHECK(folder.read("tests/support.yaml") == "tests: []\n");
  for (auto const& file : project_skeleton())
    if (file.path != "tests/support.yaml") CHECK(folder.read(std::string(file.path)) == file.text);
  CHECK(contains(output_of_validate(folder, 0),
                 "VALID (exit 0): 2 scenarios, 2 personas, 1 unit-test file, 2 warnings"));
}

TEST_CASE("validate tells everything that is wrong and ends with the verdict") {
  test::temporary_folder const folder;
  folder.write("parley.yaml", "run: {jbos: 4}\n");
  folder.write("scenarios/a.yaml", "name: A\nobjectve: x\n");
  folder.write("personas/p.yaml", "name: P\nrole: r\nbackground: b\n");
  auto const text = output_of_validate(folder, 4);
  INFO(text);
  CHECK(contains(text, "unknown key 'jbos', did you mean 'jobs'?"));
  CHECK(contains(text, "unknown key 'objectve', did you mean 'objective'?"));
  CHECK(contains(text, "INVALID (exit 4): "));
  CHECK(text.ends_with(" in 3 files\n"));
}

TEST_CASE("validate with a path tells about that file only") {
  test::temporary_folder const folder;
  folder.write("parley.yaml", "");
  folder.write("scenarios/a.yaml", "name: A\nobjectve: x\n");
  auto const good = folder.write("personas/p.yaml", "name: P\nrole: r\nbackground: b\n");
  auto const text = output_of_validate(folder, 0, {good});
  CHECK(text == "VALID (exit 0): 0 scenarios, 1 persona, 0 unit-test files\n");
  CHECK(
      contains(output_of_validate(folder, 4, {good, "nowhere.yaml"}), "nowhere.yaml: there is no such file"));
}

TEST_CASE("config show prints settings that can be read again, without secrets") {
  test::temporary_folder const folder;
  folder.write("parley.yaml",
               "agents: {a: {url: 'http://h', headers: {Cookie: abc, X: 'yes'}}}\n"
               "models: {m: {api_key: sk-123456}}\nrun: {jobs: 3}\n");
  config_show_options options;
  options.configuration.file = (folder.path() / "parley.yaml").string();
  test::captured_output output(std::cout);
  CHECK(config_show_command(options) == 0);
  auto const plain = output.take();
  INFO(plain);
  CHECK(contains(plain, "      Cookie: \"***\"\n"));
  CHECK(contains(plain, "    api_key: \"***\"\n"));
  CHECK_FALSE(contains(plain, "abc"));
  CHECK(contains(plain, "  jobs: 3\n"));
  CHECK(contains(plain, "  seed: 1\n"));
  options.origin = true;
  CHECK(config_show_command(options) == 0);
  auto const with_origin = output.take();
  CHECK(contains(with_origin, "# " + *options.configuration.file + ":3:13\n"));
  CHECK(contains(with_origin, "# built-in\n"));
}

TEST_CASE("Every kind of file has a published schema") {
  for (auto const* name : {"scenario", "persona", "tests", "config"}) {
    test::captured_output output(std::cout);
    CHECK(schema_command({name}) == 0);
    auto const schema = nlohmann::json::parse(output.take());
    CHECK(schema.at("$schema") == "http://json-schema.org/draft-07/schema#");
  }
}
