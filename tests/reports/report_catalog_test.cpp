#include "reports/report_catalog.hpp"

#include "tests/support/catch.hpp"

using namespace parley;

TEST_CASE("Every report of the contract is in the catalog, with a description") {
  std::vector<std::string> names;
  for (auto const& kind : report_catalog()) {
    names.emplace_back(kind.name);
    CHECK_FALSE(kind.description.empty());
    CHECK(kind.write != nullptr);
    CHECK(find_report(kind.name) == &kind);
  }
  CHECK(names == std::vector<std::string>{"console", "list", "dot", "json", "jsonl", "junit", "junit-strict",
                                          "html", "markdown", "github", "trend", "events"});
}

TEST_CASE("An unknown report is told with the nearest name, or with all of them") {
  CHECK(find_report("junti") == nullptr);
  CHECK(unknown_report_text("junti") == "unknown reporter 'junti'; did you mean 'junit'?");
  CHECK(unknown_report_text("telegraph").find("there are console, list") != std::string::npos);
}
