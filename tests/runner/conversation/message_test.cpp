#include "runner/conversation/message.hpp"

#include "tests/support/catch.hpp"

#include <nlohmann/json.hpp>

using namespace parley;
using nlohmann::json;

TEST_CASE("Roles are written in one word") {
  CHECK(to_text(role::user) == "user");
  CHECK(to_text(role::agent) == "agent");
  CHECK(to_text(role::tool) == "tool");
  CHECK(to_text(role::system) == "system");
  CHECK(to_text(role::event) == "event");
}

TEST_CASE("A message reads as its content, a tool's as its result") {
  message said;
  said.from = role::agent;
  said.content = "Hello";
  CHECK(text_of(said) == "Hello");
  message answered;
  answered.from = role::tool;
  answered.result.content = json_value::of_string("late");
  CHECK(text_of(answered) == "late");
  answered.result.content = json_value(json{{"status", "late"}});
  CHECK(text_of(answered) == R"({"status":"late"})");
}
