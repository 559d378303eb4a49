#include "runner/registry/sync_plan.hpp"

#include "tests/support/catch.hpp"

using namespace parley;

namespace {

std::string const id = "0123456789abcdef01234567";

local_state file(std::string const& digest, std::string const& written_id = id) {
  return {"Late delivery", written_id, digest, false};
}

remote_state there(int version, std::string const& digest) {
  return {"Late delivery", id, version, digest, "bob", false, false};
}

locked_object locked(int version, std::string const& digest) {
  return {"Late delivery", id, version, digest};
}

std::string pushed(local_state const& of, std::vector<remote_state> const& registry,
                   std::vector<locked_object> const& lock, bool force = false) {
  return to_text(plan_push({of}, registry, lock, {force, "ann"}).front());
}

std::string pulled(local_state const& of, remote_state const& from, std::vector<locked_object> const& lock,
                   bool force = false) {
  return to_text(plan_pull({of}, {from}, lock, {force, "ann"}).front());
}

}  // namespace

TEST_CASE(
    "A file the registry does not know is created; equal content is unchanged, whatever the lock says") {
  CHECK(pushed(file("a", ""), {}, {}) == "create");
  CHECK(pushed(file("a"), {there(3, "a")}, {}) == "unchanged");
  CHECK(pushed(file("a"), {there(3, "a")}, {locked(1, "z")}) == "unchanged");
  CHECK(plan_push({file("a")}, {there(3, "a")}, {}, {}).front().version == 3);
}

TEST_CASE("Changed content is a new version where the registry's latest is the lock's") {
  CHECK(pushed(file("b"), {there(3, "a")}, {locked(3, "a")}) == "new version 4");
  CHECK(pushed(file("b", ""), {there(3, "a")}, {locked(3, "a")}) == "new version 4");  // by name
}

TEST_CASE("A latest version that is not the lock's is a conflict that names both authors") {
  auto const item = plan_push({file("b")}, {there(4, "c")}, {locked(3, "a")}, {false, "ann"}).front();
  CHECK(item.step == sync_step::conflict);
  CHECK(item.note ==
        "the registry has version 4 by bob, yours by ann is based on version 3: run 'parley pull' first, or "
        "overrule it with --force");
  CHECK(pushed(file("b"), {there(4, "c")}, {}) == "conflict");
  CHECK(pushed(file("b"), {there(3, "c")}, {locked(3, "a")}) == "conflict");
  CHECK(pushed(file("b"), {there(4, "c")}, {locked(3, "a")}, true) == "new version 5");
}

TEST_CASE("An id goes before a name, and a name in the registry cannot be changed") {
  auto renamed = file("a");
  renamed.name = "Later delivery";
  CHECK(pushed(renamed, {there(1, "a")}, {locked(1, "a")}) == "conflict");
  renamed.id.clear();
  CHECK(pushed(renamed, {there(1, "a")}, {locked(1, "a")}) == "create");
  auto foreign = file("a", "ffffffffffffffffffffffff");
  CHECK(pushed(foreign, {there(1, "a")}, {}) == "conflict");
  CHECK(pushed(foreign, {}, {}) == "create");
}

TEST_CASE("A document may be renamed: that is a version of its own") {
  local_state renamed{"Later delivery", id, "a", true};
  remote_state document = there(2, "a");
  document.document = true;
  CHECK(pushed(renamed, {document}, {locked(2, "a")}) == "new version 3");
  CHECK(pushed(file("a"), {document}, {}) == "conflict");  // the other dialect
}

TEST_CASE("What was deleted in the registry is created anew only by force") {
  auto gone = there(2, "a");
  gone.deleted = true;
  CHECK(pushed(file("a"), {gone}, {locked(2, "a")}) == "conflict");
  CHECK(pushed(file("a"), {gone}, {locked(2, "a")}, true) == "create");
  CHECK(pushed(file("a", ""), {gone}, {}) == "create");  // the name is free again
}

TEST_CASE("Two files of one object, or of one new name, are conflicts") {
  auto const both = plan_push({file("a"), file("b", "")}, {there(1, "a")}, {locked(1, "a")}, {});
  CHECK(both[0].step == sync_step::conflict);
  CHECK(both[1].step == sync_step::conflict);
  auto const twins = plan_push({file("a", ""), file("b", "")}, {}, {}, {});
  CHECK(has_conflicts(twins));
  local_state const document{"Late delivery", "", "a", true};
  CHECK_FALSE(has_conflicts(plan_push({document, document}, {}, {}, {})));
}

TEST_CASE("A pull replaces a file only while it is what the lock names") {
  CHECK(pulled(file("a"), there(1, "a"), {}) == "unchanged");
  CHECK(pulled(file("a"), there(2, "b"), {locked(1, "a")}) == "new version 2");
  CHECK(pulled(file("c"), there(2, "b"), {locked(1, "a")}) == "conflict");
  CHECK(pulled(file("c"), there(2, "b"), {}) == "conflict");
  CHECK(pulled(file("c"), there(2, "b"), {locked(1, "a")}, true) == "new version 2");
  CHECK(pulled(file("c"), there(1, "a"), {locked(1, "a")}) == "unchanged");  // not pushed yet
  CHECK(pulled(file("c"), there(1, "a"), {locked(1, "a")}, true) == "new version 1");
}

TEST_CASE("A pull creates what no file holds and passes over what was deleted") {
  auto gone = there(2, "a");
  gone.deleted = true;
  CHECK(plan_pull({}, {gone}, {}, {}).empty());
  auto const plan = plan_pull({}, {there(2, "a")}, {}, {});
  REQUIRE(plan.size() == 1);
  CHECK(plan.front().step == sync_step::create);
  CHECK_FALSE(plan.front().local);
}
