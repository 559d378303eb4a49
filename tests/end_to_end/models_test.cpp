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

}  // namespace
}  // namespace parley::test
