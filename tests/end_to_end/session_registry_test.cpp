// Files to a registry and back, with the real programs: several people, one server.
#include "tests/end_to_end/parley_run.hpp"
#include "tests/end_to_end/registry_server.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/project_paths.hpp"

#include <algorithm>
#include <chrono>
#include <memory>

using namespace parley::test;
using nlohmann::json;

namespace {

bool contains(std::string const& text, std::string const& part) {
  return text.find(part) != std::string::npos;
}

std::string scenario_text(std::string const& name, std::string const& objective) {
  return "name: " + name + "\nobjective: " + objective + "\nscript: [Hello]\n";
}

// A folder with somebody's files, and their key in the environment.
class person {
 public:
  person(registry_server const& server, std::string const& user) : url(server.url() + "/acme") {
    auto const key =
        server.manage({"key", "create", "--org", "acme", "--user", user, "--role", "editor"}).front();
    key_id = key.at("api_key_id");
    variables = {{"PARLEY_API_KEY", key.at("api_key")}, {"PARLEY_USER_ID", user}};
    folder.write("parley.yaml", "registry: {url: \"" + url + "\"}\n");
  }

  parley_result run(std::vector<std::string> const& arguments) const {
    return run_parley_in(folder.path(), arguments, variables);
  }
  std::unique_ptr<child_process> start(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), build_path("parley"));
    child_command command(std::move(arguments));
    command.variables = variables;
    command.directory = folder.path().string();
    return std::make_unique<child_process>(command);
  }

  std::string url;
  std::string key_id;
  std::map<std::string, std::string> variables;
  temporary_folder folder;
};

std::unique_ptr<registry_server> served_acme() {
  auto server = std::make_unique<registry_server>(std::vector<std::string>());
  server->manage({"org", "create", "acme"});
  for (std::string const user : {"ann", "bob"}) server->manage({"user", "create", "--org", "acme", user});
  server->start();
  return server;
}

}  // namespace

TEST_CASE("Files go to a registry, come to somebody else, and a run is held with them") {
  auto const server = served_acme();
  person const ann(*server, "ann");
  person const bob(*server, "bob");
  ann.folder.write("scenarios/late.yaml", scenario_text("Late delivery", "o"));
  ann.folder.write("personas/angry.yaml", "name: Angry\nbackground: Sam\n");
  auto const pushed = ann.run({"push"});
  INFO(pushed.out << pushed.err);
  REQUIRE(pushed.exit_code == 0);
  CHECK(contains(pushed.out, "create          scenario Late delivery\n"));
  CHECK(contains(ann.run({"push"}).out, "2 unchanged"));
  CHECK(bob.run({"pull"}).exit_code == 0);
  CHECK(bob.folder.read("parley.lock") == ann.folder.read("parley.lock"));
  auto const listed = bob.run({"list", "--source", bob.url, "--format", "json"});
  INFO(listed.err);
  REQUIRE(listed.exit_code == 0);
  auto const cells = json::parse(listed.out);
  REQUIRE(cells.size() == 1);
  auto const lock = json::parse(ann.folder.read("parley.lock"));
  for (auto const* key : {"id", "version", "digest"})
    CHECK(cells[0]["scenario"][key] == lock["scenarios"][0][key]);
  CHECK(cells[0]["persona"]["digest"] == lock["personas"][0]["digest"]);
}

TEST_CASE("Of two who push in the same moment exactly one wins, round after round") {
  auto const server = served_acme();
  person const ann(*server, "ann");
  person const bob(*server, "bob");
  ann.folder.write("scenarios/late.yaml", scenario_text("Late delivery", "start"));
  REQUIRE(ann.run({"push"}).exit_code == 0);
  REQUIRE(bob.run({"pull"}).exit_code == 0);
  for (int round = 1; round <= 10; ++round) {
    INFO("round " << round);
    auto const objective = "round " + std::to_string(round);
    ann.folder.write("scenarios/late.yaml", scenario_text("Late delivery", objective + " of ann"));
    bob.folder.write("scenarios/late-delivery.yaml", scenario_text("Late delivery", objective + " of bob"));
    auto const anns = ann.start({"push"});
    auto const bobs = bob.start({"push"});
    std::vector<int> codes{anns->wait(), bobs->wait()};
    INFO(anns->out() << anns->err() << bobs->out() << bobs->err());
    person const& loser = codes[0] == 0 ? bob : ann;
    CHECK(std::min(codes[0], codes[1]) == 0);
    CHECK(std::max(codes[0], codes[1]) == 1);
    REQUIRE(loser.run({"pull", "--force"}).exit_code == 0);
    auto const lock = json::parse(loser.folder.read("parley.lock"));
    CHECK(lock["scenarios"][0]["version"] == round + 1);
  }
}

TEST_CASE("A revoked key and a server that is gone end with exit 4; the last pulled copy still serves") {
  auto const server = served_acme();
  person const ann(*server, "ann");
  ann.folder.write("scenarios/late.yaml", scenario_text("Late delivery", "o"));
  ann.folder.write("personas/angry.yaml", "name: Angry\nbackground: Sam\n");
  REQUIRE(ann.run({"push"}).exit_code == 0);
  REQUIRE(ann.run({"pull"}).exit_code == 0);
  person const bob(*server, "bob");
  REQUIRE(bob.run({"pull"}).exit_code == 0);
  server->manage({"key", "revoke", bob.key_id});
  // The server may remember a key for five seconds.
  parley_result refused;
  auto const limit = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (refused.exit_code != 4 && std::chrono::steady_clock::now() < limit)
    refused = bob.run({"pull", "--dry-run"});
  CHECK(refused.exit_code == 4);
  CHECK(contains(refused.err, "did not take the credentials"));
  CHECK_FALSE(contains(refused.err, bob.variables.at("PARLEY_API_KEY")));
  server->stop();
  auto const gone = ann.run({"list", "--source", ann.url});
  CHECK(gone.exit_code == 4);
  CHECK(contains(gone.err, "cannot reach the registry"));
  auto const offline = ann.run({"list", "--source", ann.url, "--offline", "--format", "ids"});
  INFO(offline.err);
  CHECK(offline.exit_code == 0);
  CHECK(offline.out == "scenarios/late-delivery@angry\n");
  CHECK(ann.run({"push"}).exit_code == 4);
}

TEST_CASE("A thousand files are pushed, listed from the registry and pulled by somebody else") {
  auto const server = served_acme();
  person const ann(*server, "ann");
  for (int i = 0; i < 1000; ++i)
    ann.folder.write("scenarios/" + std::to_string(i) + ".yaml",
                     scenario_text("Scenario " + std::to_string(i), "number " + std::to_string(i)));
  ann.folder.write("personas/angry.yaml", "name: Angry\nbackground: Sam\n");
  auto const pushed = ann.run({"push", "-q"});
  INFO(pushed.err);
  REQUIRE(pushed.exit_code == 0);
  CHECK(contains(pushed.out, "1001 created"));
  auto const listed = ann.run({"list", "--source", ann.url, "--format", "ids"});
  CHECK(std::count(listed.out.begin(), listed.out.end(), '\n') == 1000);
  person const bob(*server, "bob");
  REQUIRE(bob.run({"pull", "-q"}).exit_code == 0);
  CHECK(contains(bob.run({"push", "-q"}).out, "1001 unchanged"));
}
