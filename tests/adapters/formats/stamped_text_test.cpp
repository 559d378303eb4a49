#include "adapters/formats/stamped_text.hpp"

#include "adapters/formats/input_document.hpp"
#include "tests/support/catch.hpp"

#include <nlohmann/json.hpp>

using namespace parley;

namespace {

std::string const id = "0123456789abcdef01234567";

std::string stamped(std::string const& text, int version, bool json = false,
                    input_dialect dialect = input_dialect::parley) {
  input_problems problems;
  auto const tree = read_located_text(text, "file", json, problems);
  REQUIRE(tree);
  auto const changed = stamped_text(text, *tree, {dialect, id, version});
  return changed.value_or("(cannot)");
}

scenario read(std::string const& text, bool json = false) {
  input_problems problems;
  auto const tree = read_located_text(text, "file", json, problems);
  REQUIRE(tree);
  auto told = read_any_scenario(*tree, problems);
  for (auto const& problem : problems.sorted()) FAIL_CHECK(to_text(problem));
  REQUIRE(told);
  return *told;
}

}  // namespace

TEST_CASE("A new id stands first; comments and order stay") {
  CHECK(stamped("# heading\nname: Late  # why\nobjective: o\ninstructions: i\n", 1) ==
        "# heading\nid: \"" + id + "\"\nname: Late  # why\nobjective: o\ninstructions: i\n");
}

TEST_CASE("From the second version on the content moves into versions, comments and all") {
  std::string const text =
      "# heading\n"
      "name: Late\n"
      "# what is wanted\n"
      "objective: |\n"
      "  # no comment\n"
      "  a refund\n"
      "\n"
      "tags: {a: b}\n"
      "instructions: >-\n"
      "  be\n"
      "  brief\n"
      "evaluation:\n"
      "  checks:\n"
      "    - mentions: \"4411\"  # the order\n";
  std::string const changed = stamped(text, 3);
  CHECK(changed ==
        "# heading\n"
        "id: \"" +
            id +
            "\"\n"
            "name: Late\n"
            "tags: {a: b}\n"
            "versions:\n"
            "  - version: 3\n"
            "    # what is wanted\n"
            "    objective: |\n"
            "      # no comment\n"
            "      a refund\n"
            "\n"
            "    instructions: >-\n"
            "      be\n"
            "      brief\n"
            "    evaluation:\n"
            "      checks:\n"
            "        - mentions: \"4411\"  # the order\n");
  CHECK(read(changed).latest().digest == read(text).latest().digest);
  CHECK(read(changed).latest().number == 3);
}

TEST_CASE("The highest version takes the number, the others keep theirs") {
  std::string const text =
      "id: aaaaaaaaaaaaaaaaaaaaaaaa\nname: Late\nversions:\n  - version: 1\n    objective: a\n    "
      "instructions: i\n"
      "  - objective: b\n    version: 2  # mine\n    instructions: i\n";
  std::string const changed = stamped(text, 5);
  CHECK(changed.starts_with("id: \"" + id + "\"\n"));
  CHECK(changed.find("version: 5  # mine") != std::string::npos);
  CHECK(changed.find("version: 1\n") != std::string::npos);
}

TEST_CASE("JSON keeps its layout") {
  CHECK(stamped("{\n  \"name\": \"Late\",\n  \"versions\": [{\"version\": 1, \"objective\": \"o\"}]\n}\n", 2,
                true) ==
        "{\n  \"id\": \"" + id +
            "\", \"name\": \"Late\",\n  \"versions\": [{\"version\": 2, \"objective\": \"o\"}]\n}\n");
}

TEST_CASE("The foreign dialects have their own places for id and number") {
  std::string const amigo = R"({"name": "Late", "initial_version": {"objective": "o", "instructions": "i"}})";
  CHECK(read(stamped(amigo, 4, true, input_dialect::amigo), true).latest().number == 4);
  CHECK(stamped(amigo, 1, true, input_dialect::amigo) == "{\"id\": \"" + id + "\", " + amigo.substr(1));
  std::string const eqho = R"({"name": "Late", "lead_scenario": {"persona": "p"}})";
  auto const document = read(stamped(eqho, 3, true, input_dialect::eqho), true);
  CHECK(document.latest().number == 3);
  CHECK(document.id.value == id);
  CHECK(document.latest().digest == read(eqho, true).latest().digest);
}

TEST_CASE("The value alone can be stamped where the text cannot") {
  std::string const flow = "{name: Late, objective: o, instructions: i}";
  CHECK(stamped(flow, 2) == "(cannot)");
  input_problems problems;
  auto const tree = read_located_text(flow, "file", false, problems);
  auto const value = stamped_value(to_ordered_json(*tree), {input_dialect::parley, id, 2});
  CHECK(value.dump() == "{\"id\":\"" + id +
                            "\",\"name\":\"Late\",\"versions\":[{\"version\":2,\"objective\":\"o\","
                            "\"instructions\":\"i\"}]}");
}
