#include "runner/inputs/reference_index.hpp"

#include "tests/runner/inputs/sample_inputs.hpp"
#include "tests/support/catch.hpp"

using namespace parley;
using namespace parley::samples;

namespace {

reference_index sample() {
  reference_index index("scenario");
  index.add("Late delivery", "aaaa", at("a.yaml"));
  index.add("late-delivery", "bbbb", at("b.yaml"));
  index.add("Lost parcel", "cccc", at("c.yaml"));
  index.add("Lost: parcel", "dddd", at("d.yaml"));
  index.add("aaaa", "", at("e.yaml"));
  return index;
}

}  // namespace

TEST_CASE("A reference is an exact name, else an id, else a slug") {
  auto const index = sample();
  CHECK(index.find("Late delivery") == std::vector<std::size_t>{0});
  CHECK(index.find("late-delivery") == std::vector<std::size_t>{1});
  CHECK(index.find("aaaa") == std::vector<std::size_t>{4});
  CHECK(index.find("cccc") == std::vector<std::size_t>{2});
  CHECK(index.find("lost-parcel") == std::vector<std::size_t>{2, 3});
  CHECK(index.find("LATE DELIVERY").empty());
  CHECK(index.find("").empty());
}

TEST_CASE("More than one match is an error that lists them") {
  input_problems problems;
  CHECK_FALSE(sample().resolve("lost-parcel", at("t.yaml", 4), problems));
  CHECK(texts_of(problems) ==
        std::vector<std::string>{
            "t.yaml:4:1: scenario 'lost-parcel' is ambiguous: 'Lost parcel' with id cccc (c.yaml:1:1), "
            "'Lost: parcel' with id dddd (d.yaml:1:1), refer to one by its exact name or id"});
}

TEST_CASE("An unknown reference is an error with the nearest name, or with the names there are") {
  input_problems problems;
  CHECK_FALSE(sample().resolve("Late delivry", at("t.yaml", 4), problems));
  CHECK_FALSE(reference_index("persona").resolve("Ada", at("t.yaml", 5), problems));
  reference_index two("agent");
  two.add("support", "");
  two.add("sales", "");
  CHECK_FALSE(two.resolve("zzzzzzzz", at("t.yaml", 6), problems));
  CHECK(texts_of(problems) ==
        std::vector<std::string>{"t.yaml:4:1: unknown scenario 'Late delivry', did you mean 'Late delivery'?",
                                 "t.yaml:5:1: unknown persona 'Ada', there is no persona yet",
                                 "t.yaml:6:1: unknown agent 'zzzzzzzz', known: 'support', 'sales'"});
}
