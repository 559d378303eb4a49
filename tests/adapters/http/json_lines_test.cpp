#include "adapters/http/json_lines.hpp"

#include "tests/support/catch.hpp"

#include <vector>

namespace parley {
namespace {

TEST_CASE("lines are the same wherever the bytes are cut") {
  std::string const text = "{\"a\":1}\r\n\n  \n{\"b\":2}\n{\"half\":";
  auto const step = GENERATE(as<std::size_t>(), 1, 2, 5, 1000);
  json_lines lines(100);
  std::vector<std::string> seen;
  json_lines::receiver const receive = [&](std::string_view line) {
    seen.emplace_back(line);
    return true;
  };
  for (std::size_t at = 0; at < text.size(); at += step)
    REQUIRE(lines.put(std::string_view(text).substr(at, step), receive) == json_lines::progress::needs_more);
  CHECK(seen == std::vector<std::string>{R"({"a":1})", R"({"b":2})"});
  lines.finish(receive);
  REQUIRE(seen.size() == 3);
  CHECK(seen[2] == R"({"half":)");
}

TEST_CASE("a line beyond the limit is refused; a receiver that has enough stops the rest") {
  json_lines lines(10);
  int seen = 0;
  json_lines::receiver const receive = [&](std::string_view) { return ++seen < 2; };
  CHECK(lines.put("1\n2\n3\n", receive) == json_lines::progress::stopped);
  CHECK(seen == 2);
  json_lines other(10);
  CHECK(other.put("0123456789", receive) == json_lines::progress::needs_more);
  CHECK(other.put("0", receive) == json_lines::progress::too_large);
}

}  // namespace
}  // namespace parley
