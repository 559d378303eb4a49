#include "adapters/system/terminal.hpp"

#include "tests/support/catch.hpp"

using namespace parley;

namespace {
environment with(std::map<std::string, std::string> variables) {
  return environment(std::move(variables));
}
}  // namespace

TEST_CASE("Colour follows flag, NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, then the terminal") {
  auto const decide = [](std::map<std::string, std::string> variables, bool is_terminal) {
    return use_color(color_choice::automatic, environment(std::move(variables)), is_terminal);
  };
  CHECK(decide({{"TERM", "xterm"}}, true));
  CHECK(decide({}, true));
  CHECK_FALSE(decide({{"TERM", "dumb"}}, true));
  CHECK_FALSE(decide({{"TERM", "xterm"}}, false));
  CHECK_FALSE(decide({{"NO_COLOR", "1"}, {"FORCE_COLOR", "1"}}, true));
  CHECK(decide({{"NO_COLOR", ""}}, true));
  CHECK(decide({{"FORCE_COLOR", "1"}}, false));
  CHECK_FALSE(decide({{"FORCE_COLOR", "0"}, {"CLICOLOR_FORCE", "1"}}, true));
  CHECK_FALSE(decide({{"FORCE_COLOR", "false"}}, true));
  CHECK_FALSE(decide({{"FORCE_COLOR", ""}}, false));
  CHECK(decide({{"CLICOLOR_FORCE", "1"}, {"TERM", "dumb"}}, false));
  CHECK_FALSE(decide({{"CLICOLOR_FORCE", "0"}}, false));
}

TEST_CASE("The colour flag stands above every variable") {
  CHECK(use_color(color_choice::always, with({{"NO_COLOR", "1"}}), false));
  CHECK_FALSE(use_color(color_choice::never, with({{"FORCE_COLOR", "1"}}), true));
}

TEST_CASE("A build server is recognised by CI or BUILD_NUMBER") {
  CHECK(is_continuous_integration(with({{"CI", "true"}})));
  CHECK(is_continuous_integration(with({{"BUILD_NUMBER", "7"}})));
  CHECK_FALSE(is_continuous_integration(with({{"CI", ""}})));
  CHECK_FALSE(is_continuous_integration(environment()));
}
