#include "tests/runner/evaluation/sample_transcript.hpp"
#include "tests/support/catch.hpp"

using namespace parley;
using namespace parley::test;
using nlohmann::json;

namespace {

verdict schema_answer(json schema, std::string text) {
  return answer(check_of(check_kind::json_schema, std::move(schema), last), one_reply(std::move(text)));
}

bool valid(json schema, std::string text) {
  return schema_answer(std::move(schema), std::move(text)) == verdict::met;
}

std::vector<input_problem> schema_problems_of(json schema) {
  return problems_of(check_of(check_kind::json_schema, std::move(schema), last));
}

bool refused(json schema) {
  for (auto const& p : schema_problems_of(std::move(schema)))
    if (p.severity == input_problem::severity_level::error) return true;
  return false;
}

}  // namespace

TEST_CASE("a message is parsed as JSON and validated") {
  json const schema = {
      {"type", "object"}, {"required", {"status"}}, {"properties", {{"status", {{"type", "string"}}}}}};
  CHECK(valid(schema, R"( {"status": "ok"} )"));
  CHECK_FALSE(valid(schema, R"({"status": 1})"));
  CHECK_FALSE(valid(schema, R"({})"));
  CHECK_FALSE(valid(schema, "status: ok"));
  CHECK_FALSE(valid(schema, R"({"status": "ok"} and more)"));
}

TEST_CASE("the evidence says what is wrong with the message") {
  json const schema = {{"properties", {{"n", {{"type", "integer"}}}}}};
  auto const result = result_of(check_of(check_kind::json_schema, schema, last), one_reply(R"({"n": "x"})"));
  CHECK(result.evidence.find("[n]") != std::string::npos);
  CHECK(result.turn == 1);
  CHECK(result_of(check_of(check_kind::json_schema, schema, last), one_reply("hi"))
            .evidence.starts_with("not JSON"));
}

TEST_CASE("json_schema over every message") {
  auto const talk =
      conversation({said(role::agent, "{}", 0), said(role::user, "x", 1), said(role::agent, "[]", 1)});
  json const object = {{"type", "object"}};
  CHECK(answer(check_of(check_kind::json_schema, object, last), talk) == verdict::not_met);
  CHECK(answer(check_of(check_kind::json_schema, object, every), talk) == verdict::not_met);
  CHECK(answer(check_of(check_kind::json_schema, object), talk) == verdict::met);
  CHECK(answer(check_of(check_kind::json_schema, json::object(), every), talk) == verdict::met);
}

TEST_CASE("pattern runs on RE2") {
  json const schema = {
      {"properties", {{"id", {{"pattern", "^[A-Z]{2}\\d+$"}}}, {"pattern", {{"type", "string"}}}}}};
  CHECK(valid(schema, R"({"id": "AB12"})"));
  CHECK_FALSE(valid(schema, R"({"id": "ab12"})"));
  CHECK_FALSE(valid(schema, R"({"pattern": 1})"));
  CHECK(valid({{"pattern", "b"}}, R"("abc")"));
  CHECK(valid({{"pattern", "b"}}, "12"));
  CHECK(refused({{"properties", {{"id", {{"pattern", "(?=x)"}}}}}}));
  CHECK(refused({{"definitions", {{"id", {{"pattern", "(a)\\1"}}}}}}));
  CHECK(refused({{"pattern", 1}}));
}

TEST_CASE("pattern is served wherever a schema may stand") {
  json const p = {{"pattern", "^a"}};
  CHECK_FALSE(valid({{"items", p}}, R"(["b"])"));
  CHECK_FALSE(valid({{"items", {p}}}, R"(["b"])"));
  CHECK_FALSE(valid({{"items", {json::object()}}, {"additionalItems", p}}, R"([1,"b"])"));
  CHECK_FALSE(valid({{"additionalProperties", p}}, R"({"x":"b"})"));
  CHECK_FALSE(valid({{"allOf", {p}}}, R"("b")"));
  CHECK_FALSE(valid({{"anyOf", {p}}}, R"("b")"));
  CHECK_FALSE(valid({{"oneOf", {p}}}, R"("b")"));
  CHECK_FALSE(valid({{"not", p}}, R"("a")"));
  CHECK_FALSE(valid({{"contains", p}}, R"(["b"])"));
  CHECK_FALSE(valid({{"propertyNames", p}}, R"({"b":1})"));
  CHECK(valid({{"propertyNames", p}}, R"({"ab":1})"));
  CHECK_FALSE(valid({{"dependencies", {{"x", {{"properties", {{"y", p}}}}}}}}, R"({"x":1,"y":"b"})"));
  CHECK_FALSE(valid({{"if", p}, {"then", {{"minLength", 3}}}, {"else", {{"maxLength", 1}}}}, R"("ab")"));
  CHECK_FALSE(valid({{"if", p}, {"then", {{"minLength", 3}}}, {"else", {{"maxLength", 1}}}}, R"("bc")"));
  CHECK(valid({{"if", p}, {"then", {{"minLength", 3}}}, {"else", {{"maxLength", 1}}}}, R"("abc")"));
  CHECK_FALSE(valid({{"$ref", "#/parts/one"}, {"parts", {{"one", p}}}}, R"("b")"));
}

TEST_CASE("a constant that looks like a schema stays as it is") {
  CHECK(valid({{"const", {{"pattern", "("}}}}, R"({"pattern":"("})"));
  CHECK(valid({{"enum", {{{"format", "x"}}}}}, R"({"format":"x"})"));
  CHECK_FALSE(valid({{"enum", {{{"format", "x"}}}}}, "{}"));
}

TEST_CASE("references within the schema work, also recursively") {
  json const tree = {
      {"$ref", "#/definitions/node"},
      {"definitions",
       {{"node",
         {{"type", "object"},
          {"required", {"v"}},
          {"properties", {{"v", {{"type", "integer"}}}, {"next", {{"$ref", "#/definitions/node"}}}}}}}}}};
  CHECK(valid(tree, R"({"v":1,"next":{"v":2}})"));
  CHECK_FALSE(valid(tree, R"({"v":1,"next":{"v":"x"}})"));
  CHECK(
      valid({{"$id", "http://h/s"}, {"$ref", "http://h/s#/$defs/a"}, {"$defs", {{"a", {{"type", "null"}}}}}},
            "null"));
  json const in_if = {{"definitions", {{"x", {{"if", {{"type", "string"}}}, {"then", {{"minLength", 2}}}}}}},
                      {"items", {{"$ref", "#/definitions/x"}}}};
  CHECK(valid(in_if, R"(["ab", 1])"));
  CHECK_FALSE(valid(in_if, R"(["a"])"));
}

TEST_CASE("keywords beside a reference hold too") {
  json const schema = {{"properties", {{"a", {{"$ref", "#/definitions/text"}, {"minLength", 2}}}}},
                       {"definitions", {{"text", {{"type", "string"}}}}}};
  CHECK(valid(schema, R"({"a":"xx"})"));
  CHECK_FALSE(valid(schema, R"({"a":"x"})"));
  CHECK_FALSE(valid(schema, R"({"a":12})"));
}

TEST_CASE("what cannot be served is refused at load time") {
  CHECK(refused({{"$ref", "http://example.com/schema.json"}}));
  CHECK(refused({{"items", {{"$ref", "other.json#/definitions/a"}}}}));
  CHECK(refused({{"$ref", "#/definitions/missing"}}));
  CHECK(refused({{"$ref", "#name"}}));
  CHECK(refused({{"patternProperties", {{"^a", json::object()}}}}));
  CHECK(refused({{"properties", {{"a", {{"patternProperties", json::object()}}}}}}));
  CHECK(refused({{"multipleOf", 0}}));
  CHECK(refused({{"type", 7}}));
  CHECK(refused("text"));
  CHECK(refused({{"anyOf", {{{"$ref", "#"}}, {{"type", "null"}}}}}));
  CHECK(refused(
      {{"$ref", "#/definitions/a"},
       {"definitions", {{"a", {{"$ref", "#/definitions/b"}}}, {"b", {{"$ref", "#/definitions/a"}}}}}}));
}

TEST_CASE("format is not checked and says so") {
  json const schema = {{"properties", {{"at", {{"format", "date-time"}}}}}};
  auto const problems = schema_problems_of(schema);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].severity == input_problem::severity_level::warning);
  CHECK(problems[0].what.find("format") != std::string::npos);
  CHECK(valid(schema, R"({"at":"never"})"));
}

TEST_CASE("numbers and items are compared exactly") {
  CHECK(valid({{"const", 1}}, "1.0"));
  CHECK_FALSE(valid({{"const", 9007199254740993}}, "9007199254740992"));
  CHECK_FALSE(valid({{"const", 1}}, "true"));
  CHECK(valid({{"enum", {{{"a", 1}, {"b", 2}}}}}, R"({"b":2,"a":1})"));
  CHECK_FALSE(valid({{"uniqueItems", true}}, R"([{"a":1,"b":2},{"b":2,"a":1.0}])"));
  CHECK(valid({{"uniqueItems", true}}, R"([1,"1",true,[1],{"a":1}])"));
  CHECK(valid({{"uniqueItems", false}}, "[1,1]"));
  CHECK(valid({{"multipleOf", 0.01}}, "19.99"));
  CHECK_FALSE(valid({{"multipleOf", 1}}, "1.5"));
  CHECK(valid({{"multipleOf", 5}}, "15"));
}

TEST_CASE("one megabyte of one letter is no trouble for a schema") {
  std::string const text = '"' + std::string(1 << 20, 'a') + '"';
  CHECK_FALSE(valid({{"pattern", "^(a+)+b$"}}, text));
  CHECK(valid({{"pattern", "^(a|aa)*$"}, {"minLength", 1 << 20}, {"maxLength", 1 << 20}}, text));
  CHECK_FALSE(valid({{"format", "date-time"}, {"maxLength", 5}}, text));
  CHECK_FALSE(valid({{"type", "object"}}, std::string(1 << 20, 'a')));
}

TEST_CASE("one megabyte of items is no trouble for uniqueItems") {
  std::string text = "[0";
  for (int i = 1; text.size() < (1 << 20); ++i) text += "," + std::to_string(i);
  text += "]";
  CHECK(valid({{"uniqueItems", true}, {"items", {{"type", "integer"}}}}, text));
}

TEST_CASE("a deep message is no JSON, a deep valid one goes through a recursive schema") {
  CHECK_FALSE(valid(json::object(), std::string(1 << 20, '[')));
  json const nested = {{"items", {{"$ref", "#"}}}};
  CHECK(valid(nested, std::string(120, '[') + std::string(120, ']')));
}

TEST_CASE("a long chain of references is served, an excessive one refused") {
  auto const chain = [](int from, int to) {
    auto const name = [](int i) { return "n" + std::to_string(10'000 + i); };
    json schema = {{"$ref", "#/definitions/" + name(from)}};
    int const step = from < to ? 1 : -1;
    for (int i = from; i != to; i += step)
      schema["definitions"][name(i)] = {{"items", {{"$ref", "#/definitions/" + name(i + step)}}}};
    schema["definitions"][name(to)] = {{"type", "null"}};
    return schema;
  };
  CHECK(valid(chain(0, 40), "[[[]]]"));
  CHECK(valid(chain(40, 0), "[[[]]]"));
  CHECK(refused(chain(0, 2000)));
  CHECK(refused(chain(2000, 0)));
}

TEST_CASE("a wide schema with many references is served") {
  json schema;
  for (int i = 0; i < 1000; ++i) {
    auto const name = "n" + std::to_string(i);
    schema["definitions"][name] = {{"type", "integer"}};
    schema["properties"][name] = {{"$ref", "#/definitions/" + name}};
  }
  CHECK(valid(schema, R"({"n7":1})"));
  CHECK_FALSE(valid(schema, R"({"n999":"x"})"));
}
