#include "tests/end_to_end/model_shop.hpp"
#include "tests/end_to_end/sample_agent.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/child_process.hpp"

#include <signal.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <regex>
#include <sstream>

namespace parley::test {
namespace {

using nlohmann::json;

std::string everything_below(std::filesystem::path const& folder) {
  std::string all;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && entry.path().filename() != "parley.yaml") all += read_text(entry.path());
  return all;
}

TEST_CASE_METHOD(model_shop,
                 "[models] agent, user and judge run to a verdict with url, model and key alone") {
  open();
  auto const result = run({"run"});
  INFO(result.out << result.err);
  CHECK(result.exit_code == 0);
  auto const trial = report().at("cells").at(0).at("trials").at(0);
  CHECK(trial.at("outcome") == "passed");
  CHECK(trial.at("stop_reason") == "user_ended");
  CHECK(trial.at("reward_breakdown") == json({{"ACTION", 1}, {"NL_ASSERTION", 1}}));
  CHECK(trial.at("nl_assertions").at(0).at("verdict") == "met");
  CHECK(trial.at("nl_assertions").at(0).at("quote") == "What is your order number?");
  auto const usage = report().at("usage");
  CHECK(usage.at("agent").at("requests") == 4);
  CHECK(usage.at("user").at("requests") == 3);
  CHECK(usage.at("user").at("input_tokens") == 300);
  CHECK(usage.at("user").at("cost").get<double>() == Approx(3 * (100 + 100) / 1e6));
  CHECK(usage.at("judge").at("requests") == 1);
  CHECK_FALSE(usage.at("agent").contains("cost"));
  CHECK(result.out.find("tokens judge") != result.out.npos);

  auto const keys = server().header_lists();
  REQUIRE_FALSE(keys.empty());
  CHECK(*find_header(keys.front(), "Authorization") == "Bearer sk-very-secret");
  CHECK(everything_below(folder().path()).find("sk-very-secret") == std::string::npos);
  CHECK((result.out + result.err).find("sk-very-secret") == std::string::npos);
}

TEST_CASE_METHOD(model_shop,
                 "[models] a simulated user that breaks down is replaced and never the agent's failure") {
  std::atomic<int> lines{0};
  user = [&, usual = user](json const& request) {
    return ++lines == 1 ? user_says("As an AI language model, how can I assist you today?", true)
                        : usual(request);
  };
  open();
  auto const result = run({"run"});
  INFO(result.out << result.err);
  CHECK(result.exit_code == 0);
  CHECK(report().at("cells").at(0).at("outcome") == "passed");
  CHECK(report().at("cells").at(0).at("flaky") == false);
  CHECK(report().at("cells").at(0).at("trials").at(0).at("attempts") == 2);
  CHECK(result.out.find("1 conversation was replaced") != result.out.npos);
}

TEST_CASE_METHOD(model_shop, "[models] a user's model that only writes plain text ends the conversation") {
  user = [](json const& request) {
    auto const& asked = request.at("messages");
    auto const lines = std::count_if(asked.begin(), asked.end(),
                                     [](json const& said) { return said.at("role") == "assistant"; });
    return completion(lines == 0   ? "My order never came."
                      : lines == 1 ? "It is 4411."
                                   : "Thank you, bye.\n###STOP###");
  };
  open();
  auto const result = run({"run"});
  INFO(result.out << result.err);
  CHECK(result.exit_code == 0);
  auto const trial = report().at("cells").at(0).at("trials").at(0);
  CHECK(trial.at("stop_reason") == "user_ended");
  CHECK(trial.dump().find("Thank you, bye.") != std::string::npos);
  CHECK(trial.dump().find("STOP") == std::string::npos);
}

TEST_CASE_METHOD(model_shop, "[models] a user that never recovers leaves the cell without a verdict") {
  user = [](json const&) { return user_says("As an AI language model, how can I assist you today?", true); };
  open();
  auto const result = run({"run"});
  INFO(result.out << result.err);
  CHECK(result.exit_code == 6);
  auto const trial = report().at("cells").at(0).at("trials").at(0);
  CHECK(trial.at("outcome") == "simulator_invalid");
  CHECK(trial.at("attempts") == 3);
  CHECK(trial.at("error").at("type") == "simulator.invalid");
  CHECK(report().at("counts").at("failed") == 0);
}

TEST_CASE_METHOD(model_shop, "[models] a judge that cannot quote is undecided, and one that fails too") {
  SECTION("quotes what nobody said") {
    judge = [](json const&) { return judge_says("not_met", "I refuse to help you"); };
  }
  SECTION("talks") {
    judge = [](json const&) { return completion("I think it was fine."); };
  }
  SECTION("breaks") {
    judge = [](json const&) { return http_response(400, R"({"error":{"message":"no such model"}})"); };
  }
  open();
  auto const result = run({"run"});
  INFO(result.out << result.err);
  CHECK(result.exit_code == 6);
  CHECK(report().at("cells").at(0).at("trials").at(0).at("outcome") == "judge_undecided");
}

TEST_CASE_METHOD(model_shop, "[models] a definite judgement of not met fails the cell with its quote") {
  judge = [](json const&) { return judge_says("not_met", "I am sorry."); };
  open();
  auto const result = run({"run"});
  CHECK(result.exit_code == 1);
  CHECK(result.out.find("The agent asked for the order number") != result.out.npos);
  CHECK(result.out.find("I am sorry.") != result.out.npos);
}

TEST_CASE_METHOD(model_shop, "[models] a storm of refusals slows the run down and changes no verdict") {
  std::map<std::string, int> refusals;
  auto const stormy = [&](player usual) {
    return [&refusals, usual](json const& request) {  // everything is said on the server's one thread
      if (++refusals[request.dump()] > 2) return usual(request);
      http_response refused(429, R"({"error":{"message":"slow down"}})");
      refused.headers.emplace_back("Retry-After", "0");
      return refused;
    };
  };
  agent = stormy(agent);
  user = stormy(user);
  judge = stormy(judge);
  open();
  auto const result = run({"run", "--trials", "6"});
  close();  // before `refusals` goes
  INFO(result.out << result.err);
  CHECK(result.exit_code == 0);
}

TEST_CASE_METHOD(model_shop, "[models] reaching the budget ends the run cleanly with what was completed") {
  open();
  auto const result = run({"run", "--trials", "20", "-j", "1", "--max-cost", "0.0011"});
  INFO(result.out << result.err);
  auto const trials = report().at("cells").at(0).at("trials");
  CHECK(trials.at(0).at("outcome") == "passed");
  CHECK(trials.at(1).at("outcome") == "budget_exhausted");
  CHECK(report().at("cells").at(0).at("outcome") == "not_run");
  CHECK(asked("pat") < 20);
  CHECK(result.out.find("budget") != result.out.npos);
}

TEST_CASE_METHOD(model_shop, "[models] a dry run says what the run would about cost, and sends nothing") {
  open();
  auto const result = run({"run", "--trials", "3", "--dry-run"});
  INFO(result.out << result.err);
  CHECK(result.exit_code == 0);
  CHECK(result.out.find("language models would use up about") != result.out.npos);
  CHECK(result.out.find("at most") != result.out.npos);
  CHECK(server().count() == 0);
}

TEST_CASE_METHOD(model_shop, "[models] a key that is not set is told before anything is sent") {
  open();
  auto yaml = folder().read("parley.yaml");
  yaml.replace(yaml.rfind("${SHOP_KEY}"), 11, "${NO_SUCH_KEY}");
  folder().write("parley.yaml", yaml);
  auto const result = run({"run"});
  CHECK(result.exit_code == 4);
  CHECK(result.err.find("NO_SUCH_KEY") != result.err.npos);
  CHECK(server().count() == 0);
}

// What two reports of one cassette may differ in.
json without_clock(json report) {
  auto& run = report.at("run");
  for (auto const* const key : {"id", "started_at", "finished_at", "command"}) run.erase(key);
  for (auto& cell : report.at("cells"))
    for (auto& trial : cell.at("trials")) trial.at("transcript").erase("id");
  return report;
}

// JUnit without the run's id and clock: when things were, and how long this replay took.
std::string without_clock(std::string xml) {
  for (auto const* const varying :
       {"\\d{8}-\\d{6}-[0-9a-f]{6}", "timestamp=\"[^\"]*\"", "(<testsuites[^>]*) time=\"[^\"]*\""})
    xml = std::regex_replace(xml, std::regex(varying), "$1");
  return xml;
}

TEST_CASE_METHOD(model_shop, "[models] a recorded run is replayed offline, twice the same") {
  open();
  REQUIRE(run({"run", "--trials", "2", "--cassette", "record=tape"}).exit_code == 0);
  auto const requests = server().count();
  CHECK(requests == 16);
  close();

  auto const first = run({"run", "--trials", "2", "--cassette", "replay=tape"});
  INFO(first.out << first.err);
  CHECK(first.exit_code == 0);
  auto const once = report();
  auto const once_in_junit = without_clock(folder().read("junit.xml"));
  CHECK(run({"run", "--trials", "2", "--cassette", "replay=tape"}, {{"SHOP_KEY", "another-key"}}).exit_code ==
        0);
  CHECK(without_clock(report()) == without_clock(once));
  CHECK(without_clock(folder().read("junit.xml")) == once_in_junit);
  CHECK(everything_below(folder().path() / "tape").find("sk-very-secret") == std::string::npos);
}

TEST_CASE_METHOD(model_shop, "[models] a replay says which field of a request is not the recorded one") {
  open();
  REQUIRE(run({"run", "--cassette", "record=tape"}).exit_code == 0);
  close();
  auto changed = folder().read("scenarios/refund.yaml");
  changed.replace(changed.find("only when asked"), 15, "at once");
  folder().write("scenarios/refund.yaml", changed);
  auto const result = run({"run", "--retries", "0", "--cassette", "replay=tape"});
  INFO(result.out << result.err);
  CHECK(result.exit_code == 6);
  auto const trial = report().at("cells").at(0).at("trials").at(0);
  CHECK(trial.at("outcome") == "infrastructure_error");
  CHECK(trial.at("error").at("type") == "parley.cassette");
  CHECK(trial.at("error").at("message").get<std::string>().find(
            "request 1 to the user is not the recorded one: /messages/0/content") == 0);
  CHECK(result.out.find("--rerecord") != result.out.npos);
}

// What a replay says of its one trial.
json replayed_error(model_shop& shop) {
  auto const result = shop.run({"run", "--cassette", "replay=tape"});
  INFO(result.out << result.err);
  CHECK(result.exit_code == 6);
  auto const trial = shop.report().at("cells").at(0).at("trials").at(0);
  CHECK(trial.at("outcome") == "infrastructure_error");
  CHECK(trial.at("reward_breakdown") == json::object());
  CHECK_FALSE(trial.contains("attempts"));  // asked again it would lack the same
  CHECK(trial.at("error").at("type") == "parley.cassette");
  CHECK(shop.folder().read("junit.xml").find("parley.cassette") != std::string::npos);
  return trial.at("error").at("message");
}

// Lines of the only cell's file that are about this party, dropped from number `first` on.
void drop_exchanges(model_shop& shop, std::string const& party, int first) {
  for (auto const& file : std::filesystem::directory_iterator(shop.folder().path() / "tape")) {
    if (file.path().extension() != ".jsonl") continue;
    std::istringstream lines(read_text(file.path()));
    std::string kept;
    for (std::string line; std::getline(lines, line);) {
      auto const exchange = json::parse(line);
      if (exchange.at("party") != party || exchange.at("n") < first) kept += line + "\n";
    }
    shop.folder().write("tape/" + file.path().filename().string(), kept);
  }
}

TEST_CASE_METHOD(model_shop, "[models] what a cassette lacks is the cassette's fault, whoever was asked") {
  open();
  REQUIRE(run({"run", "--cassette", "record=tape"}).exit_code == 0);
  close();
  auto const [party, first] = GENERATE(table<std::string, int>({{"agent", 3}, {"user", 2}, {"judge", 1}}));
  CAPTURE(party);
  drop_exchanges(*this, party, first);
  CHECK(replayed_error(*this) == "request " + std::to_string(first) + " to the " + party +
                                     " was not recorded for scenarios/refund@pat, trial 1");
}

TEST_CASE_METHOD(model_shop, "[models] a torn line of a cassette is the cassette's fault") {
  open();
  REQUIRE(run({"run", "--cassette", "record=tape"}).exit_code == 0);
  close();
  for (auto const& file : std::filesystem::directory_iterator(folder().path() / "tape")) {
    if (file.path().extension() != ".jsonl") continue;
    auto const text = read_text(file.path());
    folder().write("tape/" + file.path().filename().string(), text.substr(0, text.size() - 20));
  }
  CHECK(std::regex_match(replayed_error(*this).get<std::string>(),
                         std::regex("the cassette is damaged: tape/.*\\.jsonl:8: the line is cut off; .*")));
}

TEST_CASE_METHOD(model_shop, "[models] an assertion that was changed since is told with what differs") {
  open();
  REQUIRE(run({"run", "--cassette", "record=tape"}).exit_code == 0);
  close();
  auto changed = folder().read("scenarios/refund.yaml");
  changed.replace(changed.find("The agent asked for"), 9, "Somebody ");
  folder().write("scenarios/refund.yaml", changed);
  auto const said = replayed_error(*this).get<std::string>();
  CHECK(said.find("request 1 to the judge is not the recorded one: /messages/1/content was ") == 0);
  CHECK(said.find("now it is") != said.npos);
  CHECK(said.find("Somebody") != said.npos);
}

TEST_CASE_METHOD(model_shop, "[models] one party of a cassette is refreshed") {
  open();
  REQUIRE(run({"run", "--cassette", "record=tape"}).exit_code == 0);
  judge = [](json const&) { return judge_says("not_met", "I am sorry."); };
  auto const before = server().count();
  CHECK(run({"run", "--cassette", "replay=tape", "--rerecord", "judge"}).exit_code == 1);
  CHECK(server().count() == before + 1);
  close();
  CHECK(run({"run", "--cassette", "replay=tape"}).exit_code == 1);
}

TEST_CASE_METHOD(model_shop,
                 "[models] recorded conversations are judged too, and a fault of the judge decides nothing") {
  open();
  json const scenario{{"name", "Refund"},
                      {"objective", "Get a refund."},
                      {"instructions", "Be brief."},
                      {"evaluation", {{"nl_assertions", {"The agent asked for the order number."}}}}};
  auto const line = [&](char const* id, char const* answer) {
    return json{{"id", id},
                {"scenario", scenario},
                {"messages",
                 {{{"role", "user"}, {"content", "Hi"}}, {{"role", "assistant"}, {"content", answer}}}}}
               .dump() +
           "\n";
  };
  folder().write("night.jsonl",
                 line("asked", "What is your order number?") + line("silent", "Your refund is on its way."));
  auto const result = run({"evaluate", "night.jsonl", "--reporter", "jsonl=scores.jsonl"});
  INFO(result.out << result.err);
  CHECK(result.exit_code == 6);
  auto const cells = report().at("cells");
  CHECK(cells.at(0).at("trials").at(0).at("outcome") == "passed");
  CHECK(cells.at(1).at("trials").at(0).at("outcome") == "judge_undecided");  // the quote stands nowhere there
  CHECK(folder().read("scores.jsonl").find(R"("outcome":"passed")") != std::string::npos);
  CHECK(report().at("usage").at("judge").at("requests") == 2);

  CHECK(run({"evaluate", "night.jsonl", "--no-judge"}).exit_code == 6);
  CHECK(asked("judge") == 2);
}

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

TEST_CASE_METHOD(model_shop, "[models] what a line cost that never came to be is counted all the same") {
  user = [](json const& request) {
    auto const& asked = request.at("messages");
    bool const opens = std::none_of(asked.begin(), asked.end(),
                                    [](json const& said) { return said.at("role") == "assistant"; });
    if (opens) return user_says("My order never came.");
    json const refused{{"role", "assistant"}, {"content", nullptr}, {"refusal", "I do not play that."}};
    return http_response(200, json{{"choices", {{{"message", refused}, {"finish_reason", "stop"}}}},
                                   {"usage", {{"prompt_tokens", 100}, {"completion_tokens", 10}}}}
                                  .dump());
  };
  open();
  auto const result = run({"run", "--retries", "0"});
  INFO(result.out << result.err);
  auto const usage = report().at("usage");
  CHECK(usage.at("user").at("requests") == 2);
  CHECK(usage.at("user").at("cost").get<double>() == Approx(2 * (100 + 100) / 1e6));
  CHECK(report().at("cells").at(0).at("trials").at(0).at("error").at("type") == "simulator.error");
}

TEST_CASE_METHOD(model_shop, "[models] --max-cost warns of whoever has no prices") {
  open();
  auto const result = run({"run", "--max-cost", "1"});
  CHECK(result.err.find("--max-cost does not see what is spent on: agent;") != std::string::npos);
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
