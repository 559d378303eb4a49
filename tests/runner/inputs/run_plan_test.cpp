#include "runner/inputs/run_plan.hpp"

#include "tests/support/catch.hpp"

#include <set>

using namespace parley;

TEST_CASE("A slug keeps lower-case letters, digits and everything beyond ASCII") {
  CHECK(slug("Late delivery refund") == "late-delivery-refund");
  CHECK(slug("  --Hello,   World!-- ") == "hello-world");
  CHECK(slug("A_b.c/d@e#f") == "a-b-c-d-e-f");
  CHECK(slug("R2-D2") == "r2-d2");
  CHECK(slug("Größe ÄÖ") == "größe-ÄÖ");
  CHECK(slug("日本") == "日本");
  CHECK(slug("") == "x");
  CHECK(slug("!?") == "x");
  CHECK(slug(std::string_view("a\0b\x7f", 4)) == "a-b");
}

TEST_CASE("A trial's seed never changes between releases and machines") {
  cell_id const cell("refunds/late-delivery-refund@angry-regular");
  CHECK(trial_seed(1, cell, 1) == 0xc54fd1e0a9281637);
  CHECK(trial_seed(1, cell, 2) == 0xbf1fb8aa1ce20ba8);
  CHECK(trial_seed(2, cell, 1) == 0x25e066cc3bb8d20d);
  CHECK(trial_seed(1, cell_id("a/b@c"), 1) == 0x8e15830712bd77ac);
  CHECK(stable_hash("") == 0xc3817c016ba4ff30);
  CHECK(stable_hash("a/b@c") == 0x423ac309829164f2);
}

TEST_CASE("Run seed, cell and trial number each give another seed") {
  std::set<std::uint64_t> seeds;
  for (std::uint64_t run = 0; run < 10; ++run)
    for (int cell = 0; cell < 10; ++cell)
      for (int trial = 1; trial <= 10; ++trial)
        seeds.insert(trial_seed(run, cell_id("s/x@" + std::to_string(cell)), trial));
  CHECK(seeds.size() == 1000);
}
