#include "adapters/http/listen_address.hpp"

#include "tests/support/catch.hpp"

#include <sstream>

namespace parley {
namespace {

TEST_CASE("an address to listen on is read as users write it") {
  auto const [text, expected] = GENERATE(table<std::string, std::string>({
      {"127.0.0.1:8787", "127.0.0.1:8787"},
      {"0.0.0.0:0", "0.0.0.0:0"},
      {"localhost:80", "127.0.0.1:80"},
      {"[::1]:8787", "[::1]:8787"},
      {"[::]:65535", "[::]:65535"},
  }));
  auto const read = parse_listen_address(text);
  REQUIRE(read.has_value());
  std::ostringstream out;
  out << *read;
  CHECK(out.str() == expected);
}

TEST_CASE("what is no address to listen on is refused with an example") {
  std::string const text =
      GENERATE("", ":", "8787", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:8 ",
               "::1:80", "[127.0.0.1]:80", "[]:80", "example.test:80", "http://127.0.0.1:80");
  auto const read = parse_listen_address(text);
  REQUIRE(read.has_error());
  CHECK(read.error().code == failure_code::invalid_input);
  CHECK(read.error().detail.find("127.0.0.1:8787") != std::string::npos);
  CHECK(read.error().detail.find("'" + text + "'") != std::string::npos);
}

}  // namespace
}  // namespace parley
