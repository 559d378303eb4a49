#include "runner/inputs/template_text.hpp"

#include "tests/support/catch.hpp"

#include <nlohmann/json.hpp>

#include <map>

using namespace parley;
using nlohmann::json;

namespace {

std::optional<json_value> lookup(std::string_view name) {
  static std::map<std::string, json, std::less<>> const known{{"content", "Hi \"you\""},
                                                              {"seed", 7},
                                                              {"history", json::array({1, "a"})},
                                                              {"user.language", nullptr},
                                                              {"variables.a.b", "dotted"}};
  auto const found = known.find(name);
  if (found == known.end()) return std::nullopt;
  return json_value(found->second);
}

std::string filled(std::string_view source) {
  return template_text(source).fill(lookup);
}

}  // namespace

TEST_CASE("Placeholders become text: strings bare, other values as JSON, null as nothing") {
  CHECK(filled("say {{content}}!") == "say Hi \"you\"!");
  CHECK(filled("{{seed}}{{seed}}") == "77");
  CHECK(filled("h={{history}}") == "h=[1,\"a\"]");
  CHECK(filled("[{{user.language}}]") == "[]");
  CHECK(filled("{{ variables.a.b }}") == "dotted");
}

TEST_CASE("An unknown name stays exactly as written") {
  CHECK(filled("a {{ nobody }} b") == "a {{ nobody }} b");
  CHECK(template_text("{{nobody}} {{seed}} {{nobody}}").names() ==
        std::vector<std::string>{"nobody", "seed"});
}

TEST_CASE("Four opening braces are two literal ones, and an unclosed pair is literal") {
  CHECK(filled("{{{{seed}}") == "{{seed}}");
  CHECK(filled("{{{{{{seed}}") == "{{7");
  CHECK(filled("{{seed") == "{{seed");
  CHECK(filled("{{}} {{ }}") == "{{}} {{ }}");
  CHECK(filled("a { b } c") == "a { b } c");
  CHECK(filled("{\"a\":{{{seed}}}}") == "{\"a\":{7}}");
  CHECK(filled("{{open {{seed}}") == "{{open 7");
  CHECK(filled("").empty());
  CHECK(template_text("{{{{seed}}").is_literal());
}

TEST_CASE("Only a string that is one placeholder and nothing else takes the value's type") {
  CHECK(template_text("{{seed}}").is_single_placeholder());
  CHECK(template_text("{{ seed }}").is_single_placeholder());
  CHECK_FALSE(template_text(" {{seed}}").is_single_placeholder());
  CHECK_FALSE(template_text("{{seed}}{{seed}}").is_single_placeholder());
  CHECK_FALSE(template_text("seed").is_single_placeholder());
  CHECK_FALSE(template_text("").is_single_placeholder());
}

TEST_CASE("Parts of a URL are percent-encoded, the URL around them is not") {
  template_text const url("/s/{{content}}?n={{seed}}&x=%20");
  CHECK(url.fill(lookup, template_encoding::percent) == "/s/Hi%20%22you%22?n=7&x=%20");
  CHECK(template_text("{{x}}").fill([](auto) { return json_value::of_string("a/\xC3\xA9~_-."); },
                                    template_encoding::percent) == "a%2F%C3%A9~_-.");
}

TEST_CASE("A value that looks like a placeholder is not filled again") {
  CHECK(template_text("{{x}}").fill([](auto) { return json_value::of_string("{{x}}"); }) == "{{x}}");
}
