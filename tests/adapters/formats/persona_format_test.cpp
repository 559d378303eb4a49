#include "adapters/formats/persona_format.hpp"

#include "adapters/formats/digest.hpp"
#include "tests/adapters/formats/reading.hpp"
#include "tests/support/catch.hpp"

using namespace parley;
using test::problem_list;

namespace {

auto read(std::string const& yaml) {
  return test::read_with(read_persona, yaml);
}

}  // namespace

TEST_CASE("A whole persona is read") {
  auto const result = read(R"(name: Angry regular
role: customer
tags: {difficulty: hard, vip: null}
background: Has ordered for years.
preferred_language: es
timezone: America/Mexico_City
user_models: [impatient, pays late]
user_variables: {first_name: Ana}
sensitive_user_variables: {pin: "1234"}
)");
  CHECK(result.problems == problem_list{});
  REQUIRE(result.value);
  auto const& p = *result.value;
  CHECK(p.id.value == sha256_hex("persona:Angry regular").substr(0, 24));
  CHECK(p.role == "customer");
  CHECK(p.tags == tag_map{{"difficulty", "hard"}, {"vip", std::nullopt}});
  auto const& v = p.latest();
  CHECK(v.preferred_language.text == "spa");
  CHECK(v.preferred_language.written == "es");
  CHECK(v.timezone.text == "America/Mexico_City");
  CHECK(v.user_models == std::vector<std::string>{"impatient", "pays late"});
  CHECK(v.sensitive_user_variables.dump() == R"({"pin":"1234"})");
}

TEST_CASE("Language and timezone must be known, and may be absent, empty or null") {
  auto const with = [](std::string const& more) { return read("name: P\nbackground: b\n" + more); };
  CHECK(with("preferred_language: xx\n").problems ==
        problem_list{"f.yaml:3:21: 'preferred_language' is 'xx', no language known here, write an ISO 639-3 "
                     "code like eng"});
  CHECK(with("timezone: Mars/Olympus\n").problems ==
        problem_list{
            "f.yaml:3:11: 'timezone' is 'Mars/Olympus', no timezone known here, write an IANA name like "
            "Europe/Berlin"});
  auto const none = with("timezone: {}\npreferred_language:\n");
  CHECK(none.problems == problem_list{});
  CHECK(none.value->latest().timezone.which == inheritable_text::kind::inherited);
  CHECK(none.value->latest().preferred_language.which == inheritable_text::kind::none);
  CHECK(with("preferred_language: no\n").value->latest().preferred_language.text == "nor");
}

TEST_CASE("A persona needs a name and a background") {
  CHECK(read("role: r\n").problems.size() == 2);
  auto const broken = read("name: P\nbackgruond: b\n");
  CHECK(broken.problems.size() == 2);
  CHECK(broken.problems.at(1) == "f.yaml:2:1: unknown key 'backgruond', did you mean 'background'?");
  REQUIRE(broken.value);
  CHECK(broken.value->name == "P");
}

TEST_CASE("Personas have versions as scenarios do") {
  auto const result = read("name: P\nversions: [{version: 3, background: c}, {version: 1, background: a}]\n");
  CHECK(result.problems == problem_list{});
  CHECK(result.value->latest().background == "c");
  CHECK(read("name: P\ntimezone: UTC\nversions: [{version: 3, background: c}]\n").problems.size() == 1);
}
