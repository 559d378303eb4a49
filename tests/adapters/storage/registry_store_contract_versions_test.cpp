#include "tests/support/catch.hpp"
#include "tests/support/registry_stores.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

using namespace parley;
using namespace parley::test;

namespace {

change_rule appending(std::string text) {
  return changing([text = std::move(text)](object_change& c) {
    c.new_version = sample_content(text);
    c.after.updated_by = "bob";
  });
}

std::vector<int> numbers_of(version_page const& page) {
  std::vector<int> numbers;
  for (object_version const& version : page.versions) numbers.push_back(version.number);
  return numbers;
}

template <class Store>
void make_versions(Store& under, int count) {
  REQUIRE(under.run(under.store().create(sample_creation(sample_object(1, "A")))).has_value());
  for (int i = 2; i <= count; ++i)
    REQUIRE(under.run(under.store().change({sample_key(1)}, appending("version " + std::to_string(i))))
                .has_value());
}

version_query versions_of(int number) {
  version_query query;
  query.of = sample_key(number);
  return query;
}

}  // namespace

TEMPLATE_TEST_CASE("versions are appended and keep what they were", "[registry]", PARLEY_REGISTRY_STORES) {
  TestType under;
  make_versions(under, 3);
  auto const page = under.run(under.store().versions(versions_of(1)));
  REQUIRE(page.has_value());
  CHECK(page->of.latest_version == 3);
  CHECK(numbers_of(*page) == std::vector<int>{3, 2, 1});
  CHECK(page->next == std::nullopt);
  CHECK(page->versions[0].content == sample_content("version 3"));
  CHECK(page->versions[0].created_by == "bob");
  CHECK(page->versions[0].created_at == page->of.updated_at);
  CHECK(page->versions[2].content == sample_content("one"));
  CHECK(page->versions[2].created_by == "ann");
  CHECK(page->versions[2].created_at == page->of.created_at);
}

TEMPLATE_TEST_CASE("the latest version is asked for in one call", "[registry]", PARLEY_REGISTRY_STORES) {
  TestType under;
  make_versions(under, 4);
  version_query query = versions_of(1);
  query.latest_only = true;
  query.first = 2;
  query.last = 2;
  CHECK(numbers_of(*under.run(under.store().versions(query))) == std::vector<int>{4});
}

TEMPLATE_TEST_CASE("a range of versions is inclusive and leaves out what does not exist", "[registry]",
                   PARLEY_REGISTRY_STORES) {
  TestType under;
  make_versions(under, 5);
  version_query query = versions_of(1);
  query.first = 2;
  query.last = 4;
  CHECK(numbers_of(*under.run(under.store().versions(query))) == std::vector<int>{4, 3, 2});
  query.descending = false;
  CHECK(numbers_of(*under.run(under.store().versions(query))) == std::vector<int>{2, 3, 4});
  query.last = 2'000'000'000;
  query.first = 5;
  CHECK(numbers_of(*under.run(under.store().versions(query))) == std::vector<int>{5});
  query.first = 6;
  auto const none = under.run(under.store().versions(query));
  REQUIRE(none.has_value());
  CHECK(none->versions.empty());
  query.last = std::nullopt;
  CHECK(under.run(under.store().versions(query))->versions.empty());
}

TEMPLATE_TEST_CASE("versions come in pages", "[registry]", PARLEY_REGISTRY_STORES) {
  TestType under;
  make_versions(under, 7);
  for (bool const descending : {true, false}) {
    version_query query = versions_of(1);
    query.descending = descending;
    query.limit = 3;
    std::vector<int> walked;
    for (int pages = 1;; ++pages) {
      auto const page = under.run(under.store().versions(query));
      REQUIRE(page.has_value());
      for (int const number : numbers_of(*page)) walked.push_back(number);
      if (!page->next) {
        CHECK(pages == 3);
        break;
      }
      query.token = *page->next;
    }
    if (!descending) std::reverse(walked.begin(), walked.end());
    CHECK(walked == std::vector<int>{7, 6, 5, 4, 3, 2, 1});
  }
}

TEMPLATE_TEST_CASE("versions of the deleted are read; of the unknown are not", "[registry]",
                   PARLEY_REGISTRY_STORES) {
  TestType under;
  make_versions(under, 2);
  auto const erase = changing([](object_change& c) { c.after.is_deleted = true; });
  REQUIRE(under.run(under.store().change({sample_key(1)}, erase)).has_value());
  auto const page = under.run(under.store().versions(versions_of(1)));
  REQUIRE(page.has_value());
  CHECK(page->of.is_deleted);
  CHECK(page->versions.size() == 2);
  auto const unknown = under.run(under.store().versions(versions_of(2)));
  REQUIRE(unknown.has_error());
  CHECK(unknown.error().code == registry_refusal::not_found);
}

TEMPLATE_TEST_CASE("an object without versions has an empty page", "[registry]", PARLEY_REGISTRY_STORES) {
  TestType under;
  REQUIRE(under.run(under.store().create(without_version(sample_object(1, "A")))).has_value());
  version_query query = versions_of(1);
  CHECK(under.run(under.store().versions(query))->versions.empty());
  query.latest_only = true;
  CHECK(under.run(under.store().versions(query))->versions.empty());
}
