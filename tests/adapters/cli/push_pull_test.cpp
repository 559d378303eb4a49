#include "adapters/cli/list_command.hpp"
#include "adapters/cli/load_project.hpp"
#include "adapters/cli/pull_command.hpp"
#include "adapters/cli/push_command.hpp"
#include "tests/support/captured_output.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/loopback_registry.hpp"
#include "tests/support/temporary_folder.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>

using namespace parley;
using nlohmann::json;
using test::loopback_registry;
using test::temporary_folder;

namespace {

bool contains(std::string const& text, std::string const& part) {
  return text.find(part) != std::string::npos;
}

// Somebody's checkout of a project, whose pushes go to the server in their own name.
class checkout {
 public:
  checkout(loopback_registry const& server, std::string const& user,
           std::string const& organization = "acme") {
    url = server.url(organization);
    std::string config = "registry: {url: \"" + url + "\"";
    if (!user.empty()) config += ", api_key: " + loopback_registry::key_of(user) + ", user_id: " + user;
    folder.write("parley.yaml", config + "}\nagents: {example: {type: http, url: \"http://127.0.0.1:9\"}}\n");
  }

  int push(bool force = false, bool dry_run = false) {
    return sync<push_options>(push_command, force, dry_run);
  }
  int pull(bool force = false, bool dry_run = false) {
    return sync<pull_options>(pull_command, force, dry_run);
  }

  json lock() const { return json::parse(folder.read("parley.lock")); }
  void write_late(std::string const& objective) const {
    folder.write("scenarios/late.yaml",
                 "# ours\nname: Late delivery\nobjective: " + objective + "\ninstructions: i\n");
  }
  void edit(std::string const& file, std::string const& from, std::string const& to) const {
    auto text = folder.read(file);
    auto const at = text.find(from);
    REQUIRE(at != std::string::npos);
    folder.write(file, text.replace(at, from.size(), to));
  }
  bool has(std::string const& file) const { return std::filesystem::exists(folder.path() / file); }

  struct loading {
    loaded_project project;
    std::string problems;
  };
  loading load(std::vector<run_flag> flags) const {
    project_request request;
    request.why = project_request::purpose::list;
    request.configuration.file = (folder.path() / "parley.yaml").string();
    request.configuration.run = std::move(flags);
    request.variables = environment();
    input_problems problems;
    loading result;
    result.project = load_project(request, problems);
    for (auto const& problem : problems.sorted()) result.problems += to_text(problem) + "\n";
    return result;
  }

  temporary_folder folder;
  std::string url;
  std::string out;
  std::string err;

 private:
  template <class Options>
  int sync(int (*command)(Options const&), bool force, bool dry_run) {
    Options options;
    options.configuration.file = (folder.path() / "parley.yaml").string();
    options.force = force;
    options.dry_run = dry_run;
    test::captured_output output(std::cout);
    test::captured_output errors(std::cerr);
    int const code = command(options);
    out = output.take();
    err = errors.take();
    return code;
  }
};

std::string const angry_persona = "name: Angry\nrole: customer\ntags: {mood: angry}\nbackground: Sam\n";

}  // namespace

TEST_CASE("A first push creates everything, writes ids and a lock, and a second one changes nothing") {
  loopback_registry const server(false);
  checkout ann(server, "ann");
  ann.write_late("o");
  ann.folder.write("personas/angry.yaml", angry_persona);
  CHECK(ann.push(false, true) == 0);
  CHECK(contains(ann.out, "create          scenario Late delivery\n"));
  CHECK_FALSE(ann.has("parley.lock"));
  REQUIRE(ann.push() == 0);
  CHECK(contains(ann.out, "2 created"));
  auto const lock = ann.lock();
  CHECK(lock["format"] == 1);
  CHECK(lock["source"] == ann.url);
  CHECK(lock["scenarios"][0]["version"] == 1);
  auto const file = ann.folder.read("scenarios/late.yaml");
  CHECK(
      file.starts_with("# ours\nid: \"" + lock["scenarios"][0]["id"].get<std::string>() + "\"\nname: Late"));
  CHECK(ann.push() == 0);
  CHECK(contains(ann.out, "unchanged       scenario Late delivery\n"));
  CHECK(contains(ann.out, "2 unchanged"));
  CHECK(ann.folder.read("scenarios/late.yaml") == file);
  CHECK(ann.lock() == lock);
}

TEST_CASE("A changed file is a new version, whose number goes into the file") {
  loopback_registry const server(false);
  checkout ann(server, "ann");
  ann.write_late("o");
  REQUIRE(ann.push() == 0);
  ann.edit("scenarios/late.yaml", "objective: o", "objective: p  # why not");
  REQUIRE(ann.push() == 0);
  CHECK(contains(ann.out, "new version 2   scenario Late delivery\n"));
  CHECK(contains(ann.folder.read("scenarios/late.yaml"),
                 "versions:\n  - version: 2\n    objective: p  # why not\n"));
  CHECK(ann.lock()["scenarios"][0]["version"] == 2);
  CHECK(ann.push() == 0);
  CHECK(contains(ann.out, "1 unchanged"));
}

TEST_CASE("Whoever pushes over another's version is refused, and both are named") {
  loopback_registry const server(false);
  checkout ann(server, "ann");
  checkout bob(server, "bob");
  ann.write_late("o");
  REQUIRE(ann.push() == 0);
  REQUIRE(bob.pull() == 0);
  bob.edit("scenarios/late-delivery.yaml", "objective: o", "objective: bobs");
  REQUIRE(bob.push() == 0);
  ann.edit("scenarios/late.yaml", "objective: o", "objective: anns");
  auto const before = ann.folder.read("scenarios/late.yaml");
  CHECK(ann.push() == 1);
  CHECK(contains(ann.out,
                 "conflict        scenario Late delivery: the registry has version 2 by bob, yours by ann"));
  CHECK(contains(ann.out, "nothing was pushed"));
  CHECK(ann.folder.read("scenarios/late.yaml") == before);
  CHECK(ann.pull() == 1);
  CHECK(contains(ann.out, "conflict"));
  CHECK(ann.folder.read("scenarios/late.yaml") == before);
  CHECK(ann.push() == 1);  // the pull did not make it hers
  CHECK(ann.push(true) == 0);
  CHECK(contains(ann.out, "new version 3"));
  CHECK(bob.pull() == 0);
  CHECK(contains(bob.folder.read("scenarios/late-delivery.yaml"), "objective: anns"));
}

TEST_CASE("Whoever is overtaken between look and write hears of it and writes nothing") {
  loopback_registry server(false);
  checkout ann(server, "ann");
  ann.write_late("o");
  REQUIRE(ann.push() == 0);
  std::string const id = ann.lock()["scenarios"][0]["id"];
  ann.edit("scenarios/late.yaml", "objective: o", "objective: anns");
  bool looked = false;
  // The registry's answers from the moment in which Bob was faster.
  server.before([&](http_request const& request) -> std::optional<http_response> {
    if (request.target.find("?version=2") != std::string::npos)
      return http_response(400, R"({"detail":"the latest version is 2"})");
    if (request.target.find("?version=latest") != std::string::npos && looked)
      return http_response(200,
                           R"({"simulation_scenario_versions":[{"version":2,"creator":{"user_id":"bob"}}]})");
    looked = looked || request.target.find("?version=latest") != std::string::npos;
    return std::nullopt;
  });
  CHECK(ann.push() == 1);
  CHECK(contains(ann.err, "while yours by ann was pushed, version 2 by bob came in between"));
  CHECK(contains(ann.out, "not everything was pushed"));
  CHECK_FALSE(contains(ann.folder.read("scenarios/late.yaml"), "version"));
  CHECK(ann.lock()["scenarios"].size() == 1);
}

TEST_CASE("A pull writes a file per object, and takes what changed") {
  loopback_registry const server(false);
  checkout ann(server, "ann");
  checkout bob(server, "bob");
  ann.write_late("o");
  ann.folder.write("personas/angry.yaml", angry_persona);
  ann.folder.write(
      "scenarios/hours.json",
      R"({"name": "Hours", "initial_version": {"objective": "o", "instructions": "i", "color": "red"}})");
  REQUIRE(ann.push() == 0);
  CHECK(json::parse(ann.folder.read("scenarios/hours.json"))["id"].is_string());
  REQUIRE(bob.pull() == 0);
  CHECK(contains(bob.out, "create          persona Angry\n"));
  auto const pulled = bob.folder.read("scenarios/late-delivery.yaml");
  CHECK(contains(pulled, "name: Late delivery\nversions:\n  - version: 1\n    objective: o\n"));
  CHECK(contains(bob.folder.read("personas/angry.yaml"), "role: customer\ntags:\n  mood: angry\n"));
  CHECK(contains(bob.folder.read("scenarios/hours.yaml"), "color: red"));
  CHECK(bob.lock() == ann.lock());
  CHECK(bob.push() == 0);
  CHECK(contains(bob.out, "3 unchanged"));
  ann.edit("scenarios/late.yaml", "objective: o", "objective: p");
  REQUIRE(ann.push() == 0);
  CHECK(bob.pull(false, true) == 0);
  CHECK(contains(bob.out, "new version 2   scenario Late delivery\n"));
  CHECK(bob.folder.read("scenarios/late-delivery.yaml") == pulled);
  CHECK(bob.pull() == 0);
  CHECK(contains(bob.folder.read("scenarios/late-delivery.yaml"), "- version: 2\n    objective: p\n"));
  CHECK(ann.pull() == 0);
  CHECK(contains(ann.out, "3 unchanged"));
}

TEST_CASE("A file that was moved or renamed is still the same object") {
  loopback_registry const server(false);
  checkout ann(server, "ann");
  ann.write_late("o");
  REQUIRE(ann.push() == 0);
  std::filesystem::create_directories(ann.folder.path() / "scenarios/refunds");
  std::filesystem::rename(ann.folder.path() / "scenarios/late.yaml",
                          ann.folder.path() / "scenarios/refunds/x.yml");
  CHECK(ann.push() == 0);
  CHECK(contains(ann.out, "1 unchanged"));
  CHECK(ann.pull() == 0);
  CHECK_FALSE(ann.has("scenarios/late-delivery.yaml"));
}

TEST_CASE("Tags follow the file without a new version") {
  loopback_registry const server(false);
  checkout ann(server, "ann");
  ann.folder.write("personas/angry.yaml", angry_persona);
  REQUIRE(ann.push() == 0);
  ann.edit("personas/angry.yaml", "mood: angry", "mood: cross");
  CHECK(ann.push() == 0);
  CHECK(contains(ann.out, "unchanged       persona Angry: its tags change\n"));
  checkout bob(server, "bob");
  REQUIRE(bob.pull() == 0);
  CHECK(contains(bob.folder.read("personas/angry.yaml"), "mood: cross"));
  ann.edit("personas/angry.yaml", "cross", "very-cross");
  CHECK(ann.push() == 4);
  CHECK(contains(ann.err, "the tag 'mood:very-cross' cannot be kept in a registry"));
}

TEST_CASE("Who may not write is told so, and so is who has no key any more") {
  loopback_registry server(false);
  checkout eve(server, "eve");
  eve.write_late("o");
  CHECK(eve.pull() == 0);
  CHECK(eve.push() == 4);
  CHECK(contains(eve.err, "403"));
  server.revoke("eve");
  CHECK(eve.pull() == 4);
  CHECK(contains(eve.err, "did not take the credentials"));
  CHECK_FALSE(contains(eve.err, "secret-of"));
}

TEST_CASE("Documents go through their own dialect and keep their revision") {
  loopback_registry const server;
  checkout ann(server, "", "local");
  ann.folder.write("scenarios/booking.json", R"({"name": "Booking", "lead_scenario": {"persona": "Kim"}})");
  REQUIRE(ann.push() == 0);
  ann.edit("scenarios/booking.json", "Kim", "Jo");
  REQUIRE(ann.push() == 0);
  CHECK(contains(ann.out, "new version 2   scenario Booking\n"));
  auto const file = json::parse(ann.folder.read("scenarios/booking.json"));
  CHECK(file["history"]["revision"] == 1);
  CHECK(file["_id"] == ann.lock()["scenarios"][0]["id"]);
  ann.edit("scenarios/booking.json", "Booking", "Bookings");
  CHECK(ann.push() == 0);
  CHECK(contains(ann.out, "new version 3"));
  CHECK(ann.push() == 0);
  CHECK(contains(ann.out, "1 unchanged"));
  checkout bob(server, "", "local");
  REQUIRE(bob.pull() == 0);
  CHECK(contains(bob.folder.read("scenarios/bookings.json"), "\"persona\": \"Jo\""));
  CHECK(bob.lock()["scenarios"] == ann.lock()["scenarios"]);
  checkout elsewhere(server, "");
  elsewhere.folder.write("scenarios/booking.json",
                         R"({"name": "Booking", "lead_scenario": {"persona": "Kim"}})");
  CHECK(elsewhere.push() == 4);
  CHECK(contains(elsewhere.err, "'local'"));
}

TEST_CASE("A project loads from a registry; its tests stay its own, else they are the registry's") {
  loopback_registry const server(false);
  checkout ann(server, "ann");
  ann.write_late("o");
  ann.folder.write("personas/angry.yaml", angry_persona);
  REQUIRE(ann.push() == 0);
  checkout bob(server, "bob");
  run_flag const source{"source", {bob.url}, "--source"};
  auto const bare = bob.load({source});
  CHECK(bare.problems.empty());
  REQUIRE(bare.project.selected.cells.size() == 1);
  CHECK(bare.project.selected.cells.front()->id.value == "scenarios/late-delivery@angry");
  bob.folder.write("tests/mine.yaml", "tests: [{scenario: Late delivery, persona: Angry}]\n");
  auto const tested = bob.load({source});
  CHECK(tested.problems.empty());
  REQUIRE(tested.project.selected.cells.size() == 1);
  CHECK(tested.project.selected.cells.front()->id.value == "mine/late-delivery@angry");
  CHECK(tested.project.selected.cells.front()->scenario_content().digest ==
        ann.lock()["scenarios"][0]["digest"]);
}

TEST_CASE("A locked run takes the locked versions, and refuses what is not as it was locked") {
  loopback_registry const server(false);
  checkout ann(server, "ann");
  ann.write_late("o");
  ann.folder.write("personas/angry.yaml", angry_persona);
  REQUIRE(ann.push() == 0);
  checkout bob(server, "bob");
  REQUIRE(bob.pull() == 0);
  ann.edit("scenarios/late.yaml", "objective: o", "objective: p");
  REQUIRE(ann.push() == 0);
  run_flag const source{"source", {bob.url}, "--source"};
  run_flag const locked{"locked", {"true"}, "--locked"};
  auto const old = bob.load({source, locked});
  CHECK(old.problems.empty());
  REQUIRE(old.project.selected.cells.size() == 1);
  CHECK(old.project.selected.cells.front()->scenario_content().objective == "o");
  CHECK(bob.load({locked}).problems.empty());
  bob.edit("scenarios/late-delivery.yaml", "objective: o", "objective: q");
  CHECK(contains(bob.load({locked}).problems, "--locked: scenario 'Late delivery': the content is another"));
  CHECK(bob.load({}).problems.empty());
  bob.edit("parley.lock", "\"version\": 1", "\"version\": 8");
  CHECK(contains(bob.load({source, locked}).problems, "of parley.lock is missing"));
  std::filesystem::remove(bob.folder.path() / "parley.lock");
  CHECK(contains(bob.load({locked}).problems, "there is no"));
}

TEST_CASE("Without the registry the last pulled copy serves, if it is wanted and there is one") {
  auto server = std::make_unique<loopback_registry>(false);
  checkout ann(*server, "ann");
  ann.write_late("o");
  ann.folder.write("personas/angry.yaml", angry_persona);
  REQUIRE(ann.push() == 0);
  checkout bob(*server, "bob");
  run_flag const source{"source", {bob.url}, "--source"};
  run_flag const offline{"offline", {"true"}, "--offline"};
  CHECK(contains(bob.load({source, offline}).problems, "nothing was pulled from"));
  REQUIRE(bob.pull() == 0);
  server.reset();
  CHECK(contains(bob.load({source}).problems, "--offline"));
  bob.folder.write("scenarios/mine.yaml", "name: Mine\nobjective: o\ninstructions: i\n");
  auto const copy = bob.load({source, offline});
  CHECK(copy.problems.empty());
  REQUIRE(copy.project.selected.cells.size() == 1);
  CHECK(copy.project.selected.cells.front()->id.value == "scenarios/late-delivery@angry");
  CHECK(bob.push() == 4);
  CHECK(contains(bob.err, "cannot reach the registry"));
}

TEST_CASE("A key of parley.yaml goes to no other host") {
  loopback_registry const server(false);
  loopback_registry const other(false);
  checkout ann(server, "ann");
  run_flag const source{"source", {other.url()}, "--source"};
  CHECK(contains(ann.load({source}).problems, "did not take the credentials"));
  CHECK(other.sign_ins == 0);
}
