#include "adapters/formats/located_tree.hpp"

#include "tests/support/catch.hpp"

#include <nlohmann/json.hpp>

#include <fstream>

using namespace parley;
using nlohmann::json;

namespace {

struct reading {
  std::optional<located_tree> tree;
  std::vector<std::string> problems;
};

reading read(std::string const& text, bool is_json = false) {
  input_problems problems;
  reading result;
  result.tree = read_located_text(text, is_json ? "a.json" : "a.yaml", is_json, problems);
  for (auto const& problem : problems.sorted()) result.problems.push_back(to_text(problem));
  return result;
}

json yaml_value(std::string const& text) {
  auto const result = read(text);
  INFO(text);
  for (auto const& problem : result.problems) UNSCOPED_INFO(problem);
  REQUIRE(result.tree);
  return to_json(*result.tree);
}

std::string first_problem(std::string const& text, bool is_json = false) {
  auto const result = read(text, is_json);
  CHECK_FALSE(result.tree);
  return result.problems.empty() ? "" : result.problems.front();
}

std::string place(located_tree const& node) {
  return to_text(node.where());
}

}  // namespace

TEST_CASE("Plain scalars are typed only when they are null, true, false or a decimal number") {
  CHECK(yaml_value("[null, ~, , true, false, 0, -3, 0.5, 1e3, 12]") ==
        json::parse("[null, null, null, true, false, 0, -3, 0.5, 1e3, 12]"));
  CHECK(yaml_value("a:\nb: ~") == json::parse(R"({"a": null, "b": null})"));
  CHECK(
      yaml_value(
          "[no, yes, on, off, True, FALSE, Null, NULL, 2026-11-20, 012, 0x1F, .inf, 1_000, +3, .5, 3., -]") ==
      json::parse(R"(["no","yes","on","off","True","FALSE","Null","NULL","2026-11-20","012","0x1F",".inf",
                        "1_000","+3",".5","3.","-"])"));
  CHECK(yaml_value("['true', \"12\", '~', \"null\", '']") == json::parse(R"(["true","12","~","null",""])"));
  CHECK(yaml_value("a: 1e999") == json::parse(R"({"a": "1e999"})"));
  CHECK(yaml_value("a: 18446744073709551615").at("a").get<std::uint64_t>() == 18446744073709551615ULL);
}

TEST_CASE("The words Null and NULL are text wherever they stand") {
  CHECK(yaml_value("a: Null") == json::parse(R"({"a": "Null"})"));
  CHECK(yaml_value("a: &x NULL\nb: *x") == json::parse(R"({"a": "NULL", "b": "NULL"})"));
  CHECK(yaml_value("a:\nNull: 3") == json::parse(R"({"a": null, "Null": 3})"));
  CHECK(yaml_value("- Null\n- ~") == json::parse(R"(["Null", null])"));
}

TEST_CASE("Keys keep their text and may look like numbers") {
  CHECK(yaml_value("{1: a, true: b, 2026-11-20: c}") ==
        json::parse(R"({"1":"a","true":"b","2026-11-20":"c"})"));
  CHECK(first_problem("? [a]\n: b") ==
        "a.yaml:1:3: a key must be text, quote it, or close the bracket before it");
  CHECK(first_problem("objective: [[a\n").find("close the bracket") != std::string::npos);
  CHECK(first_problem("a:\n\t- b\n").find("indent with spaces") != std::string::npos);
  CHECK(first_problem("name: N: x\n").find("needs quotes") != std::string::npos);
  CHECK(first_problem("~: b") == "a.yaml:1:1: a key must be text, quote it");
}

TEST_CASE("Every node and key has its line and column") {
  auto const result = read("# comment\nname: Übung\nlist:\n  - one\n  - {when: x, say: \"é\", äö: end}\n");
  REQUIRE(result.tree);
  auto const& root = *result.tree;
  CHECK(place(root) == "a.yaml:2:1");
  CHECK(place(*root.find("name")) == "a.yaml:2:7");
  CHECK(place(root.find("list")->items[0]) == "a.yaml:4:5");
  auto const& map = root.find("list")->items[1];
  CHECK(place(map) == "a.yaml:5:5");
  CHECK(place(*map.find("say")) == "a.yaml:5:20");
  // Columns count characters, so the two bytes of the é before it count once.
  CHECK(to_text(map.find_entry("äö")->key_where()) == "a.yaml:5:25");
  CHECK(place(*map.find("äö")) == "a.yaml:5:29");
}

TEST_CASE("JSON has the same positions, and nlohmann's values") {
  std::string const text =
      "{\n  \"name\": \"a\\\"b\\ud83d\\ude00\", \"n\": [1, -2.5,true "
      ",null,\n\t{\"k\":18446744073709551615}]\n}\n";
  auto const result = read(text, true);
  REQUIRE(result.tree);
  auto const& root = *result.tree;
  CHECK(to_json(root) == json::parse(text));
  CHECK(root.find("name")->text == "a\"b\xF0\x9F\x98\x80");
  CHECK(place(root) == "a.json:1:1");
  CHECK(to_text(root.find_entry("name")->key_where()) == "a.json:2:3");
  CHECK(place(*root.find("name")) == "a.json:2:11");
  auto const& list = *root.find("n");
  CHECK(place(list) == "a.json:2:36");
  CHECK(place(list.items[0]) == "a.json:2:37");
  CHECK(place(list.items[1]) == "a.json:2:40");
  CHECK(list.items[1].text == "-2.5");
  CHECK(place(list.items[2]) == "a.json:2:45");
  CHECK(place(list.items[3]) == "a.json:2:51");
  CHECK(place(*list.items[4].find("k")) == "a.json:3:7");
}

TEST_CASE("All duplicate keys are reported, each where it stands, and the first one counts") {
  auto const yaml = read("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n");
  REQUIRE(yaml.tree);
  CHECK(to_json(*yaml.tree) == json::parse(R"({"a": 1, "b": {"c": 1}})"));
  REQUIRE(yaml.problems.size() == 2);
  CHECK(yaml.problems[0] == "a.yaml:4:3: the key 'c' stands twice in this map, remove one of the two");
  CHECK(yaml.problems[1] == "a.yaml:5:1: the key 'a' stands twice in this map, remove one of the two");
  auto const from_json = read("{\"a\": 1,\n \"a\": 2}", true);
  REQUIRE(from_json.tree);
  CHECK(to_json(*from_json.tree) == json::parse(R"({"a": 1})"));
  CHECK(from_json.problems ==
        std::vector<std::string>{"a.json:2:2: the key 'a' stands twice in this map, remove one of the two"});
}

TEST_CASE("One file holds one document and nothing behind it") {
  CHECK(first_problem("a: 1\n---\nb: 2\n") ==
        "a.yaml:2:1: a second document in one file, write one list, or another file");
  CHECK(first_problem("---\na: 1\n---\nb: 2\n").find("a second document") != std::string::npos);
  CHECK(first_problem("{a: 1} b").find("a.yaml:1:8: text after the document") == 0);
  CHECK(first_problem("{a: 1}\n}\n").find("a.yaml:2:1: ") == 0);
  CHECK(first_problem("]").find("a.yaml:1:1: ") == 0);
  CHECK(first_problem("a: 1\n...\nb: 2\n").find("a.yaml:3:1: text after the document") == 0);
  CHECK(first_problem("{} {}", true).find("a.json:1:4: not valid JSON") == 0);
  CHECK(yaml_value("---\na: 1\n...\n") == json::parse(R"({"a": 1})"));
}

TEST_CASE("Merge keys, custom tags and control characters are refused") {
  CHECK(first_problem("x: &a {b: 1}\ny:\n  <<: *a\n") ==
        "a.yaml:3:3: merge keys (<<) are not supported, write the keys out");
  CHECK(yaml_value("'<<': 1") == json::parse(R"({"<<": 1})"));
  CHECK(first_problem("a: !secret b") == "a.yaml:1:4: the tag !secret is not supported, remove it");
  CHECK(first_problem("a: !!int 3").find("is not supported") != std::string::npos);
  CHECK(first_problem("a: !thing {b: 1}").find("a.yaml:1:4: the tag !thing") == 0);
  CHECK(yaml_value("a: !!str 12") == json::parse(R"({"a": "12"})"));
  CHECK(first_problem("a: x\x04y").find("a.yaml:1:5: control character U+0004") == 0);
  CHECK(first_problem(std::string("a: x\0y", 6)).find("control character U+0000") != std::string::npos);
}

TEST_CASE("Malformed UTF-8 is refused where it stands, in both syntaxes") {
  CHECK(first_problem("a: b\nc: \xC3(\n") == "a.yaml:2:4: malformed UTF-8, save the file as UTF-8");
  CHECK(first_problem("\"\xED\xA0\x80\"", true).find("a.json:1:2: malformed UTF-8") == 0);
  CHECK(first_problem("a: \xC0\x80").find("malformed UTF-8") != std::string::npos);
  CHECK(first_problem("\xFF\xFE"
                      "a\0")
            .find("a.yaml:1:1: malformed UTF-8") == 0);
  CHECK(yaml_value("\xEF\xBB\xBF"
                   "a: 1") == json::parse(R"({"a": 1})"));
  CHECK(to_json(*read("\xEF\xBB\xBF{}", true).tree) == json::object());
}

TEST_CASE("Aliases are expanded, and counted before they are") {
  CHECK(yaml_value("a: &x {b: [1, 2]}\nc: *x") == json::parse(R"({"a":{"b":[1,2]},"c":{"b":[1,2]}})"));
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    std::string const below = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + below;
    for (int k = 0; k < 9; ++k) bomb += ", " + below;
    bomb += "]\n";
  }
  CHECK(first_problem(bomb).find("more than 200,000 values, aliases included") != std::string::npos);
  std::string texts = "a: &a \"" + std::string(1'000'000, 'x') + "\"\nb:\n";
  for (int i = 0; i < 100; ++i) texts += "  - *a\n";
  CHECK(first_problem(texts).find("more than 32 MiB of text") != std::string::npos);
  CHECK(first_problem("a: &a [*a]") ==
        "a.yaml:1:8: this alias stands inside the value it names, write the value out");
  CHECK(first_problem("a: *nothing").find("a.yaml:1:4: not valid YAML") == 0);
}

TEST_CASE("Depth, nodes and size have limits") {
  auto const nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  for (bool const is_json : {false, true}) {
    CHECK(read(nested(64), is_json).tree);
    CHECK(first_problem(nested(65), is_json).find(":1:65: nested deeper than 64 levels") !=
          std::string::npos);
    CHECK(first_problem(nested(100'000), is_json).find("nested deeper") != std::string::npos);
  }
  CHECK(first_problem("a: &a " + nested(40) + "\nb: " + std::string(30, '[') + "*a" + std::string(30, ']'))
            .find("nested deeper") != std::string::npos);
  std::string many = "[0";
  for (int i = 0; i < 200'000; ++i) many += ",0";
  CHECK(first_problem(many + "]", true).find("more than 200,000 values") != std::string::npos);
  CHECK(first_problem("a: " + std::string(max_file_bytes, 'x')) ==
        "a.yaml: larger than 4 MiB, split the file");
}

TEST_CASE("Syntax errors carry the place where reading stopped") {
  CHECK(first_problem("a: [1, 2\nb: 3\n").find("a.yaml:2:") == 0);
  CHECK(first_problem("a: \"b").find("not valid YAML") != std::string::npos);
  CHECK(first_problem("b: 1\na: \"b\n# comment\n").find("a.yaml:2:4: a quoted text that never ends") == 0);
  CHECK(first_problem("a: &x 'it''s\n").find("a.yaml:1:7: a quoted text that never ends") == 0);
  CHECK(yaml_value("a: 'it''s'\nb: \"\\\"\"\nc: ''\n") == json{{"a", "it's"}, {"b", "\""}, {"c", ""}});
  CHECK(first_problem("{\"a\": 1,\n  oops}", true).find("a.json:2:3: not valid JSON: syntax error") == 0);
  CHECK(first_problem("{\"a\": \"\\ud800\"}", true).find("not valid JSON") != std::string::npos);
  CHECK(first_problem("[1e999]", true).find("a.json:1:") == 0);
}

TEST_CASE("An empty YAML document is null; an empty JSON file is an error") {
  CHECK(read("").tree->is_null());
  CHECK(read("# nothing here\n").tree->is_null());
  CHECK(place(*read("").tree) == "a.yaml:1:1");
  CHECK(first_problem("  \n", true).find("the file is empty") != std::string::npos);
}

TEST_CASE("A value without a file keeps a JSON Pointer, or the one position it was given") {
  auto const value = json::parse(R"({"a/b": [1, {"c": "x"}]})");
  auto const tree = from_json(value, {"body", 0, 0, ""});
  CHECK(to_json(tree) == value);
  CHECK(place(*tree.find("a/b")->items[1].find("c")) == "body#/a~1b/1/c");
  CHECK(place(*from_json(value, {"x.yaml", 3, 4, ""}).find("a/b")) == "x.yaml:3:4");
}

TEST_CASE("A document inside a larger file counts its lines from where it stands") {
  input_problems problems;
  auto const tree = read_located_text("{\"a\": 1}", "log.jsonl", true, problems, 17);
  REQUIRE(tree);
  CHECK(place(*tree->find("a")) == "log.jsonl:17:7");
  CHECK_FALSE(read_located_text("{\"a\": }", "log.jsonl", true, problems, 18));
  CHECK(to_text(problems.sorted().front()).find("log.jsonl:18:7: not valid JSON") == 0);
}

TEST_CASE("A file that cannot be read is a problem of its own") {
  input_problems problems;
  CHECK_FALSE(read_located_file("/nowhere/at/all.yaml", problems));
  CHECK_FALSE(read_located_file("/", problems));
  REQUIRE(problems.error_count() == 2);
  CHECK(to_text(problems.sorted().back()) ==
        "/nowhere/at/all.yaml: this file cannot be read, check that it exists and may be read");
}
