#include "adapters/cli/completion_table.hpp"

#include "tests/support/catch.hpp"

using namespace parley;

namespace {

using words = std::vector<std::string>;

completed_value of_flag(command_kind kind, std::string const& name) {
  for (auto const& flag : flags_of(kind))
    for (auto const& own : names_of(flag))
      if (own == name) return completed_flag(flag);
  FAIL("no flag " + name);
  return {};
}

}  // namespace

TEST_CASE("A placeholder says what a value may be") {
  CHECK(completed_placeholder("text|json|ids").words == words{"text", "json", "ids"});
  CHECK(completed_placeholder("N|auto").words == words{"auto"});
  CHECK(completed_placeholder("record=DIR|replay=DIR").words == words{"record=", "replay="});
  CHECK(completed_placeholder("D").words.empty());
  CHECK(completed_placeholder("RUN").runs);
  CHECK(completed_placeholder("DIR|URL").files);
  CHECK_FALSE(completed_placeholder("DIR|URL").runs);
  CHECK_FALSE(completed_placeholder("").files);
}

TEST_CASE("Flags complete by their placeholder, by their key of run, or by the catalog of reports") {
  CHECK(of_flag(command_kind::run, "--color").words == words{"auto", "always", "never"});
  CHECK(of_flag(command_kind::run, "--retry-on").words == words{"error", "any"});
  CHECK(of_flag(command_kind::run, "--resume").runs);
  CHECK(of_flag(command_kind::run, "--reporter").words.size() > 10);
  CHECK(of_flag(command_kind::compare, "--format").words == words{"text", "json"});
  CHECK(of_flag(command_kind::runs_export, "-o").files);
  CHECK(of_flag(command_kind::serve, "--listen").words.empty());
}

TEST_CASE("Every command that takes a RUN completes runs") {
  for (auto const& entry : command_entries()) {
    if (entry.description.positional.find("RUN") == std::string::npos) continue;
    INFO(entry.description.name);
    CHECK(completed_positional(entry.description).runs);
  }
  CHECK(single_quoted("it's") == "'it'\\''s'");
}
