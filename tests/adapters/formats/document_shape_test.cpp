#include "adapters/formats/document_shape.hpp"

#include "tests/adapters/formats/reading.hpp"
#include "tests/support/catch.hpp"

#include <nlohmann/json.hpp>

using namespace parley;
using nlohmann::json;
using test::problem_list;

namespace {

shape sample() {
  return map_shape("a thing")
      .requiring("name", text_shape("its name").not_empty())
      .with("colour", text_shape("").one_of({"red", "green"}))
      .with("size", integer_shape("how large").between(1, 10))
      .with("count", integer_shape("").at_least(0).or_null())
      .with("ratio", number_shape(""))
      .with("on", flag_shape(""))
      .with("words", list_shape("", text_shape("a word")).not_empty().or_text(text_shape("").not_empty()))
      .with("free", map_of_shape("", integer_shape("")))
      .with("any", any_shape("anything"));
}

problem_list problems_of(std::string const& yaml, shape const& of) {
  input_problems problems;
  auto const tree = read_located_text(yaml, "f.yaml", false, problems);
  REQUIRE(tree);
  bool const fine = check_shape(*tree, of, "thing", problems);
  CHECK(fine == !problems.has_errors());
  return test::texts_of(problems);
}

}  // namespace

TEST_CASE("A document of the right shape has no problems") {
  CHECK(problems_of("{name: a, colour: red, size: 3, count: null, ratio: 2, on: true, words: x, free: {a: "
                    "1}, any: [{b: ~}]}",
                    sample()) == problem_list{});
  CHECK(problems_of("{name: a, words: [x, y], ratio: 0.5}", sample()) == problem_list{});
}

TEST_CASE("Everything wrong is reported at once, each at its place") {
  CHECK(problems_of("colour: gren\nsize: 11\nnmae: x\nwords: []\nfree: {a: b}\non: yes\n", sample()) ==
        problem_list{"f.yaml:1:1: missing key 'name' in thing, add it: its name",
                     "f.yaml:1:9: 'colour' is 'gren', did you mean 'green'?",
                     "f.yaml:2:7: 'size' is 11, it must be 1..10",
                     "f.yaml:3:1: unknown key 'nmae', did you mean 'name'?",
                     "f.yaml:4:8: 'words' is an empty list, write at least one entry",
                     "f.yaml:5:11: 'a' is text where a whole number is expected, write a whole number",
                     "f.yaml:6:5: 'on' is text where true or false is expected, write true or false"});
}

TEST_CASE("A number or boolean where text belongs is told to be quoted") {
  CHECK(problems_of("name: 12", sample()) ==
        problem_list{"f.yaml:1:7: 'name' is the number 12 where text is expected, quote it: \"12\""});
  CHECK(problems_of("name: true", sample()) ==
        problem_list{"f.yaml:1:7: 'name' is the boolean true where text is expected, quote it: \"true\""});
  CHECK(
      problems_of("{name: a, words: [b, 1.50]}", sample()) ==
      problem_list{"f.yaml:1:22: 'words[1]' is the number 1.50 where text is expected, quote it: \"1.50\""});
}

TEST_CASE("Kinds, blanks and ranges are told apart") {
  CHECK(problems_of("name:", sample()).at(0) ==
        "f.yaml:1:1: 'name' is empty where text is expected, write text, or leave the key out");
  CHECK(problems_of("name: '  '", sample()).at(0) ==
        "f.yaml:1:7: 'name' is empty, write at least one character");
  CHECK(problems_of("{name: a, size: 1.5}", sample())
            .at(0)
            .find("'size' is the number 1.5 where a whole number") != std::string::npos);
  CHECK(problems_of("{name: a, count: -1}", sample()).at(0) ==
        "f.yaml:1:18: 'count' is -1, it must be at least 0");
  CHECK(problems_of("{name: a, count: 99999999999}", sample()).at(0).find("it must be at most 2147483647") !=
        std::string::npos);
  CHECK(problems_of("[a]", sample()).at(0) ==
        "f.yaml:1:1: 'thing' is a list where a map is expected, write a map");
}

TEST_CASE("The same shape prints a JSON Schema") {
  json const schema = json_schema(sample());
  CHECK(schema["type"] == "object");
  CHECK(schema["required"] == json{"name"});
  CHECK(schema["additionalProperties"] == false);
  CHECK(schema["properties"]["name"] ==
        json::parse(R"({"type": "string", "description": "its name", "minLength": 1})"));
  CHECK(schema["properties"]["size"] ==
        json::parse(R"({"type": "integer", "description": "how large", "minimum": 1, "maximum": 10})"));
  CHECK(schema["properties"]["count"] == json::parse(R"({"type": ["null", "integer"], "minimum": 0})"));
  CHECK(schema["properties"]["colour"]["enum"] == json::parse(R"(["red", "green"])"));
  CHECK(schema["properties"]["free"]["additionalProperties"] == json{{"type", "integer"}});
  CHECK(schema["properties"]["any"] == json{{"description", "anything"}});
}

TEST_CASE("Schemas are published for the files users write") {
  for (auto const* const kind : {"scenario", "persona", "tests"}) {
    auto const schema = json::parse(schema_text(kind));
    CHECK(schema["$schema"] == "http://json-schema.org/draft-07/schema#");
    CHECK(schema["definitions"]["document"]["additionalProperties"] == false);
  }
  auto const scenario = json::parse(schema_text("scenario"))["definitions"]["document"];
  CHECK(scenario["properties"]["initial_message_type"]["enum"] ==
        json::parse(R"(["user-message", "external-event", "skip"])"));
  CHECK(scenario["required"] == json{"name"});
  CHECK(json::parse(schema_text("tests"))["definitions"]["document"]["properties"]["tests"]["items"]
                                         ["properties"]["max_interactions"]["maximum"] == 100);
  CHECK(schema_text("nonsense").empty());
}
