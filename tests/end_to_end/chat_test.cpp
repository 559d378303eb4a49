// Talking to an agent by hand, with the real program.
#include "tests/end_to_end/model_shop.hpp"
#include "tests/end_to_end/sample_agent.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/child_process.hpp"

#include <signal.h>

#include <algorithm>
#include <map>

namespace parley::test {
namespace {

using nlohmann::json;

TEST_CASE_METHOD(model_shop, "[models] a chat by hand becomes a scenario that runs") {
  open();
  child_command command(
      {parley_program(), "chat", "--scenario", "Refund", "--save", "scenarios/by-hand.yaml"});
  command.directory = folder().path().string();
  command.variables = {{"SHOP_KEY", "sk-very-secret"}, {"NO_COLOR", "1"}};
  child_process chat(command);
  chat.write_input("Where is my parcel?\n/help\nIt is 4411.\n//thanks\n/quit\n");
  chat.close_input();
  CHECK(chat.wait(std::chrono::seconds(30)) == 0);
  INFO(chat.out() << chat.err());
  CHECK(chat.out().find("What is your order number?") != std::string::npos);
  CHECK(chat.out().find("issue_refund") != std::string::npos);
  CHECK(chat.out().find("/save FILE") != std::string::npos);
  CHECK(chat.out().find("saved scenarios/by-hand.yaml") != std::string::npos);
  CHECK(asked("pat") == 0);

  auto const result = run({"run", "scenarios/by-hand.yaml"});
  INFO(result.out << result.err);
  CHECK(result.exit_code == 0);
  auto const trial = report().at("cells").at(0).at("trials").at(0);
  CHECK(trial.at("action_checks").at(0).at("name") == "issue_refund");
  CHECK(asked("pat") == 0);
}

TEST_CASE_METHOD(model_shop, "[models] a chat is not begun when what is said could not be saved") {
  open();
  folder().write("there.yaml", "mine\n");
  auto const result = run_parley_in(folder().path(), {"chat", "--save", "there.yaml"}, {{"SHOP_KEY", "k"}});
  CHECK(result.exit_code == 4);
  CHECK(result.err.find("the file is there already, choose another name") != std::string::npos);
  CHECK(folder().read("there.yaml") == "mine\n");
}

TEST_CASE("Ctrl-C leaves a chat while its agent is awaited, and keeps what was said") {
  recording_agent agent;
  agent.hold_after(1);
  temporary_folder const folder;
  child_command command({parley_program(), "chat", "--agent-url", agent.url(), "--save", "kept.yaml"});
  command.directory = folder.path().string();
  command.variables = {{"NO_COLOR", "1"}};
  child_process chat(command);
  chat.write_input("Hello.\nWhere is my parcel?\n");
  agent.wait_for_requests(2);
  ::kill(chat.id(), SIGINT);
  CHECK(chat.wait(std::chrono::seconds(30)) == 0);
  INFO(chat.out() << chat.err());
  CHECK(chat.out().find("you left before the agent had answered") != std::string::npos);
  CHECK(chat.out().find("Well.") != std::string::npos);
  CHECK(folder.read("kept.yaml").find("Where is my parcel?") != std::string::npos);
}

}  // namespace
}  // namespace parley::test
