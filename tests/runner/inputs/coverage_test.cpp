#include "runner/inputs/coverage.hpp"

#include "tests/runner/inputs/sample_inputs.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <memory>
#include <random>

using namespace parley;
using namespace parley::samples;

namespace {

struct made_cells {
  std::vector<std::shared_ptr<cell>> owned;
  std::vector<cell const*> all;

  void add(std::string const& person, tag_map tags) {
    auto made = std::make_shared<cell>();
    made->persona_used = std::make_shared<persona>(a_persona(person));
    made->tags = std::move(tags);
    all.push_back(made.get());
    owned.push_back(std::move(made));
  }
};

std::set<value_pair> pairs_in(std::vector<cell const*> const& cells, std::vector<bool> const& taken) {
  std::set<value_pair> pairs;
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (taken[i]) pairs.merge(pairs_of(*cells[i]));
  return pairs;
}

}  // namespace

TEST_CASE("A pairwise cover holds every pair and is much smaller than everything") {
  made_cells cells;
  for (auto const* person : {"Angry", "Calm", "New"})
    for (auto const* topic : {"refunds", "orders", "accounts"})
      for (auto const* channel : {"chat", "voice", "mail"})
        for (auto const* language : {"eng", "deu", "fra"})
          cells.add(person, {{"topic", topic}, {"channel", channel}, {"language", language}});
  auto const taken = pairwise_cover(cells.all);
  auto const everything = std::vector<bool>(cells.all.size(), true);
  CHECK(pairs_in(cells.all, taken) == pairs_in(cells.all, everything));
  auto const count = std::count(taken.begin(), taken.end(), true);
  CHECK(count >= 9);  // no fewer can do
  CHECK(count < 20);  // of 81
  CHECK(pairwise_cover(cells.all) == taken);
}

TEST_CASE("Whatever the cells look like, no pair and no lone value is lost, and nothing is taken twice") {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    made_cells cells;
    auto const size = 1 + random() % 30;
    for (std::size_t i = 0; i < size; ++i) {
      tag_map tags;
      for (auto const* key : {"a", "b", "c", "d"})
        if (random() % 3 != 0) tags[key] = std::to_string(random() % 3);
      cells.add("P" + std::to_string(random() % 3), tags);
    }
    auto const taken = pairwise_cover(cells.all);
    REQUIRE(pairs_in(cells.all, taken) == pairs_in(cells.all, std::vector<bool>(cells.all.size(), true)));
    std::set<std::string> all;
    std::set<std::string> held;
    for (std::size_t i = 0; i < cells.all.size(); ++i) {
      all.insert(cells.all[i]->persona_used->name);
      if (taken[i]) held.insert(cells.all[i]->persona_used->name);
    }
    REQUIRE(held == all);
  }
}

TEST_CASE("Equal cells are taken once, and without cells there is nothing to take") {
  made_cells cells;
  for (int i = 0; i < 3; ++i) cells.add("Calm", {{"smoke", std::nullopt}});
  CHECK(pairwise_cover(cells.all) == std::vector<bool>{true, false, false});
  CHECK(pairwise_cover({}).empty());
}

TEST_CASE("Coverage counts the combinations of two dimensions and names those that never ran") {
  made_cells cells;
  cells.add("Calm", {{"topic", "refunds"}});
  cells.add("Angry", {{"topic", "refunds"}, {"smoke", std::nullopt}});
  cells.add("Angry", {{"topic", "orders"}});
  auto const table = coverage_of(cells.all, {true, false, true});
  REQUIRE(table.size() == 3);
  CHECK((table[0].first == "persona" && table[0].second == "smoke"));
  CHECK(table[0].all == 1);
  CHECK(table[0].never.size() == 1);
  CHECK((table[1].first == "persona" && table[1].second == "topic"));
  CHECK(table[1].all == 3);
  REQUIRE(table[1].never.size() == 1);
  CHECK(table[1].never[0] == value_pair{{"persona", "Angry"}, {"topic", "refunds"}});
  CHECK(table[2].all == 1);
}
