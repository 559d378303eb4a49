#include "runner/inputs/tag_selector.hpp"

#include "tests/support/catch.hpp"

using namespace parley;

namespace {

tag_map const tags{{"category", "refunds"}, {"smoke", std::nullopt}, {"time", "10:30"}};

bool has(std::string_view selector) {
  return parse_tag_selector(selector)->matches(tags);
}

}  // namespace

TEST_CASE("A key alone, and with a star, asks for any value") {
  CHECK(has("category"));
  CHECK(has("category:*"));
  CHECK(has("smoke"));
  CHECK(has("smoke:*"));
  CHECK_FALSE(has("priority"));
  CHECK_FALSE(has("priority:*"));
}

TEST_CASE("A key with a colon and nothing behind asks for the value null") {
  CHECK(has("smoke:"));
  CHECK_FALSE(has("category:"));
}

TEST_CASE("A key with a value asks for exactly that value") {
  CHECK(has("category:refunds"));
  CHECK_FALSE(has("category:refund"));
  CHECK_FALSE(has("category:Refunds"));
  CHECK_FALSE(has("smoke:x"));
  CHECK(has("time:10:30"));
}

TEST_CASE("A selector without a key is none") {
  CHECK_FALSE(parse_tag_selector(""));
  CHECK_FALSE(parse_tag_selector(":x"));
}

TEST_CASE("Tags are written as key and value, null as nothing") {
  CHECK(tag_texts(tags) == std::vector<std::string>{"category:refunds", "smoke:", "time:10:30"});
}
