#include "runner/inputs/equal_shares.hpp"

#include "tests/support/catch.hpp"

using namespace parley;
using namespace std::chrono_literals;

namespace {

using lengths = std::vector<std::optional<std::chrono::microseconds>>;
using shares = std::vector<std::size_t>;

}  // namespace

TEST_CASE("The longest pieces go apart, and small ones fill up") {
  CHECK(equal_shares(lengths{10s, 9s, 2s, 3s}, 2) == shares{0, 1, 0, 1});
  CHECK(equal_shares(lengths{1s, 1s, 8s, 1s}, 2) == shares{1, 1, 0, 1});
}

TEST_CASE("A piece nobody has measured counts as the median of the others") {
  CHECK(equal_shares(lengths{std::nullopt, 5s, 4s, 9s}, 2) == shares{1, 1, 0, 0});
  CHECK(equal_shares(lengths{std::nullopt, std::nullopt, std::nullopt}, 3) == shares{0, 1, 2});
}

TEST_CASE("More shares than pieces leave some empty, and no piece is lost") {
  CHECK(equal_shares(lengths{3s, 4s}, 4) == shares{1, 0});
  CHECK(equal_shares({}, 2).empty());
}
