#include "adapters/system/write_ready.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/full_pipe.hpp"

using namespace parley;
using test::full_pipe;

TEST_CASE("a pipe that nobody reads takes what fits and no more, without waiting") {
  full_pipe pipe(false);
  std::string const bytes(1 << 20, 'x');
  auto const first = write_ready(pipe.in(), bytes);
  REQUIRE(first.has_value());
  CHECK(*first > 0);
  CHECK(*first < bytes.size());
  CHECK(write_ready(pipe.in(), bytes) == std::size_t{0});
  CHECK(pipe.read_all() == std::string(*first, 'x'));
  CHECK(write_ready(pipe.in(), "more") == std::size_t{4});
}

TEST_CASE("lines are written whole as long as they are short") {
  full_pipe pipe(false);
  std::string lines;
  for (int i = 0; i < 5000; ++i) lines += std::string(99, 'x') + '\n';
  auto const written = write_ready(pipe.in(), lines);
  REQUIRE(written.has_value());
  CHECK(*written > 0);
  CHECK(*written % 100 == 0);
}

TEST_CASE("a pipe whose reader is gone is told") {
  full_pipe pipe(false);
  pipe.close_out();
  CHECK_FALSE(write_ready(pipe.in(), "x").has_value());
}
