#include "runner/registry/version_lock.hpp"

#include "runner/registry/locked_inputs.hpp"
#include "tests/support/catch.hpp"

using namespace parley;

namespace {

scenario sample(std::string const& id, std::vector<std::pair<int, std::string>> const& versions) {
  scenario told;
  told.id = scenario_id(id);
  told.name = "Late delivery";
  for (auto const& [number, digest] : versions) {
    scenario_version version;
    version.number = number;
    version.digest = digest;
    told.versions.push_back(std::move(version));
  }
  return told;
}

version_lock lock_of(int version, std::string const& digest) {
  version_lock lock;
  lock.scenarios = {{"Late delivery", "aaaa", version, digest}};
  return lock;
}

std::string breach(scenario told, version_lock const& lock, bool numbers_count) {
  project_inputs inputs;
  std::string const id = told.id.value;
  inputs.scenarios.push_back(std::move(told));
  auto const breaches = keep_locked(inputs, lock, {numbers_count, {}});
  return breaches.scenarios.empty() ? "" : breaches.scenarios.at(id);
}

}  // namespace

TEST_CASE("A lock is written sorted by name and read back") {
  version_lock lock;
  lock.source = "http://h/acme";
  lock.scenarios = {{"b", "2", 3, "dd"}, {"a", "1", 1, "cc"}};
  std::string const text = to_text(lock);
  CHECK(text.find("\"format\": 1") < text.find("\"source\""));
  CHECK(text.find("\"a\"") < text.find("\"b\""));
  auto const read = read_version_lock(text);
  REQUIRE(read.has_value());
  CHECK(read->source == lock.source);
  CHECK(read->scenarios.front() == lock.scenarios.back());
  CHECK(read->personas.empty());
  CHECK(to_text(*read) == text);
}

TEST_CASE("What is no lock of format 1 is refused") {
  for (std::string const text :
       {"", "[]", "{}", R"({"format":2})", R"({"format":1,"scenarios":[{"name":"a"}]})",
        R"({"format":1,"scenarios":{}})"})
    CHECK(read_version_lock(text).has_error());
}

TEST_CASE("The locked version alone is left of an object") {
  project_inputs inputs;
  inputs.scenarios.push_back(sample("aaaa", {{1, "x"}, {2, "y"}, {3, "z"}}));
  CHECK(keep_locked(inputs, lock_of(2, "y"), {true, {}}).scenarios.empty());
  REQUIRE(inputs.scenarios.front().versions.size() == 1);
  CHECK(inputs.scenarios.front().latest().digest == "y");
}

TEST_CASE("Another digest, a missing version and an unknown object are breaches") {
  CHECK(breach(sample("aaaa", {{2, "x"}}), lock_of(2, "y"), true).find("another") != std::string::npos);
  CHECK(breach(sample("aaaa", {{3, "y"}}), lock_of(2, "y"), true) ==
        "'Late delivery': version 2 of parley.lock is missing");
  CHECK(breach(sample("aaaa", {{2, "y"}}), version_lock(), true) == "'Late delivery': is not in parley.lock");
}

TEST_CASE("In files a version is known by its digest, and an object without id by its name") {
  CHECK(breach(sample("made from the name", {{1, "y"}}), lock_of(7, "y"), false).empty());
  CHECK_FALSE(breach(sample("made from the name", {{7, "x"}}), lock_of(7, "y"), false).empty());
}
