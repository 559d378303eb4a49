#include "adapters/http/response_reader.hpp"

#include "tests/support/catch.hpp"

namespace parley {
namespace {

using progress = response_reader::progress;

constexpr std::size_t limit = std::size_t{64} << 10;
std::string const head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

// Gives the bytes in pieces of that size, as a connection would.
progress read(response_reader& reader, std::string const& bytes, std::size_t piece) {
  reader.start(false);
  std::string unread;
  auto reached = progress::needs_more;
  for (std::size_t at = 0; at < bytes.size() && reached == progress::needs_more; at += piece) {
    unread += bytes.substr(at, piece);
    auto const step = reader.put(unread);
    unread.erase(0, step.used);
    reached = step.reached;
  }
  return reached;
}

TEST_CASE("chunks arrive whole however they are cut, an empty body too") {
  auto const [chunks, body] = GENERATE(table<std::string, std::string>({
      {"0\r\n\r\n", ""},
      {"0\r\nX: y\r\n\r\n", ""},
      {"1\r\na\r\n0\r\n\r\n", "a"},
      {"2;x=y\r\nab\r\n3\r\ncde\r\n000\r\n\r\n", "abcde"},
  }));
  auto const piece = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{4}, std::size_t{7});
  CAPTURE(chunks, piece);
  response_reader reader(limit, limit);
  CHECK(read(reader, head + chunks, piece) == progress::complete);
  CHECK(reader.body == body);
}

TEST_CASE("a reply whose lines between the chunks never end is given up") {
  std::string const chunks = GENERATE("1;", "0\r\n", "1\r\na\r\n0\r\nX: ");
  auto const piece = GENERATE(std::size_t{1}, std::size_t{1000});
  response_reader reader(limit, limit);
  CHECK(read(reader, head + chunks + std::string(20'000, 'a'), piece) == progress::header_too_large);
}

}  // namespace
}  // namespace parley
