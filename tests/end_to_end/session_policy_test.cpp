// Jobs, stopping early, retries, flakiness and tolerated errors: what is sent, what is said, how it exits.
#include "tests/end_to_end/session_project.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>

using namespace parley::test;
using nlohmann::json;

namespace {

using words = std::vector<std::string>;

parley_result run(session_project const& project, words flags) {
  flags.insert(flags.begin(), {"run", "--reporter", "console", "--reporter", "json=run.json", "--junit",
                               "run.xml", "--reporter", "jsonl=run.jsonl"});
  return project.run(flags);
}

std::size_t counted(session_project const& project, std::string const& outcome) {
  return project.json_of("run.json").at("counts").at(outcome).get<std::size_t>();
}

std::string content_of(json const& step) {
  return step.at("content").get<std::string>();
}

parley::http_response always_wrong(json const&) {
  return agent_says("This is wrong.");
}

// Bad to the first `times` conversations of each talk, well afterwards.
recording_agent::answer bad_at_first(int times, parley::http_response bad) {
  struct memory {
    std::map<std::string, int> opened;
    std::set<std::string> bad_conversations;
  };
  return [times, bad, seen = std::make_shared<memory>()](json const& step) {
    auto const id = step.at("conversation_id").get<std::string>();
    if (auto const content = content_of(step);
        content.ends_with(" opens") && ++seen->opened[content] <= times)
      seen->bad_conversations.insert(id);
    return seen->bad_conversations.contains(id) ? bad : agent_says("Well.");
  };
}

}  // namespace

TEST_CASE("jobs are conversations held at once, no fewer and no more", "[session]") {
  std::atomic<int> open = 0;
  std::atomic<int> most = 0;
  recording_agent agent([&](json const& step) {
    bool const opens = content_of(step).ends_with(" opens");
    open += opens ? 1 : -1;
    most = std::max(most.load(), open.load());
    return agent_says("Well.");
  });
  session_project const project(9, agent.url());
  agent.hold_after(0);
  child_process parley(project.command({"run", "-j", "3"}));
  agent.wait_for_requests(3);
  agent.release();
  auto const result = end_of(parley);
  INFO(result.err << result.out);
  CHECK(result.exit_code == 0);
  CHECK(most == 3);
  CHECK(agent.count() == 18);
}

TEST_CASE("x stops at the first failed cell and the rest is not run", "[session]") {
  recording_agent const agent(always_wrong);
  session_project const project(5, agent.url());
  auto const result = run(project, {"-x", "-j", "1"});
  INFO(result.err << result.out);
  CHECK(result.exit_code == 1);
  CHECK_THAT(result.last_line(), Catch::StartsWith("FAILED (exit 1): 1 failed, 4 not run in "));
  CHECK(agent.count() == 2);
  pugi::xml_document junit;
  project.junit_of("run.xml", junit);
  CHECK(junit.select_nodes("//testcase/failure").size() == 1);
  CHECK(junit.select_nodes("//testcase/skipped[starts-with(@message, 'not run')]").size() == 4);
}

TEST_CASE("x cancels what is running", "[session]") {
  recording_agent agent(always_wrong);
  session_project const project(5, agent.url());
  agent.hold_after(3);  // one of two conversations gets its last reply, the other waits for ever
  auto const result = run(project, {"-x", "-j", "2"});
  INFO(result.err << result.out);
  CHECK(result.exit_code == 1);
  CHECK(counted(project, "failed") == 1);
  CHECK(counted(project, "not_run") == 4);
  CHECK(agent.count() <= 4);  // the other may not have come to its last line
}

TEST_CASE("maxfail counts failed and errored cells", "[session]") {
  recording_agent const agent([](json const& step) {
    return content_of(step).starts_with("Talk 1") ? parley::http_response(500, "{}") : always_wrong(step);
  });
  session_project const project(6, agent.url());
  SECTION("three") {
    auto const result = run(project, {"--maxfail", "3", "-j", "1", "--retries", "0"});
    INFO(result.err << result.out);
    CHECK(result.exit_code == 1);
    CHECK(counted(project, "failed") + counted(project, "errored") == 3);
    CHECK(counted(project, "not_run") == 3);
  }
  SECTION("one that is an error") {
    auto const result =
        run(project, {"--maxfail", "1", "-j", "1", "--retries", "0", "scenarios/talk-1.yaml"});
    CHECK(result.exit_code == 6);
  }
  SECTION("none by default") {
    CHECK(run(project, {"--retries", "0"}).exit_code == 1);
    CHECK(counted(project, "not_run") == 0);
  }
  SECTION("and is not to be given with x") {
    CHECK(project.run({"run", "-x", "--maxfail", "3"}).exit_code == 4);
    CHECK(agent.count() == 0);
  }
}

TEST_CASE("a run that stopped early is resumed without what it has", "[session]") {
  recording_agent const agent(always_wrong);
  session_project const project(4, agent.url());
  REQUIRE(run(project, {"-x", "-j", "1"}).exit_code == 1);
  auto const result = run(project, {"--resume", "latest"});
  INFO(result.err << result.out);
  CHECK(result.exit_code == 1);
  CHECK(counted(project, "failed") == 4);
  CHECK(agent.count() == 8);
}

TEST_CASE("errors are forgiven once by default, in a fresh conversation", "[session]") {
  recording_agent const agent(bad_at_first(1, parley::http_response(500, "{}")));
  session_project const project(2, agent.url());
  auto const result = run(project, {});
  INFO(result.err << result.out);
  CHECK(result.exit_code == 0);
  CHECK_THAT(result.last_line(), Catch::StartsWith("PASSED (exit 0): 2 passed in "));
  CHECK(received_by_conversation(agent).size() == 4);
  for (auto const& line : json_lines(project.read("run.jsonl"))) CHECK(line.at("attempts") == 2);
  pugi::xml_document junit;
  project.junit_of("run.xml", junit);
  CHECK(junit.select_nodes("//testcase/flakyError").size() == 2);
  CHECK(junit.select_nodes("//testcase/error").empty());
}

TEST_CASE("retries say how often errors are forgiven", "[session]") {
  recording_agent const agent(bad_at_first(2, parley::http_response(500, "{}")));
  session_project const project(1, agent.url());
  SECTION("never") {
    auto const result = run(project, {"--retries", "0"});
    CHECK(result.exit_code == 6);
    CHECK_THAT(result.last_line(), Catch::StartsWith("INCOMPLETE (exit 6): 1 errored in "));
    CHECK(agent.count() == 1);
  }
  SECTION("once is not enough") {
    CHECK(run(project, {}).exit_code == 6);
    CHECK(agent.count() == 2);
  }
  SECTION("twice is") {
    CHECK(run(project, {"--retries", "2", "--fail-on-flaky"}).exit_code == 0);  // an error is not flaky
    CHECK(agent.count() == 4);
    CHECK(counted(project, "flaky") == 0);
  }
  SECTION("more than needed") {
    CHECK(run(project, {"--retries", "9"}).exit_code == 0);
    CHECK(agent.count() == 4);
  }
  SECTION("the environment says it too, and the flag wins") {
    CHECK(project.run({"run"}, {{"PARLEY_RUN_RETRIES", "0"}}).exit_code == 6);
    CHECK(project.run({"run", "--retries", "5"}, {{"PARLEY_RUN_RETRIES", "0"}}).exit_code == 0);
  }
}

TEST_CASE("failures are forgiven only when asked, and then are flaky", "[session]") {
  recording_agent const agent(bad_at_first(1, agent_says("This is wrong.")));
  session_project const project(2, agent.url());
  SECTION("not asked") {
    CHECK(run(project, {"--retries", "3"}).exit_code == 1);
    CHECK(agent.count() == 4);
  }
  SECTION("asked") {
    auto const result = run(project, {"--retry-on", "any"});
    INFO(result.err << result.out);
    CHECK(result.exit_code == 0);
    CHECK_THAT(result.last_line(), Catch::StartsWith("PASSED (exit 0): 2 flaky in "));
    pugi::xml_document junit;
    project.junit_of("run.xml", junit);
    CHECK(junit.select_nodes("//testcase/flakyFailure").size() == 2);
    CHECK(junit.select_nodes("//testcase/failure").empty());
  }
  SECTION("asked, and not tolerated") {
    auto const result = run(project, {"--retry-on", "any", "--fail-on-flaky"});
    INFO(result.err << result.out);
    CHECK(result.exit_code == 7);
    CHECK_THAT(result.last_line(), Catch::StartsWith("FLAKY (exit 7): 2 flaky in "));
    auto const report = project.json_of("run.json");
    CHECK(report.at("run").at("exit_code") == 7);
    CHECK(report.at("counts").at("flaky") == 2);
    CHECK(report.at("counts").at("passed") == 0);
  }
}

TEST_CASE("a cell that passes by its rule with some trials bad is flaky", "[session]") {
  recording_agent const agent(bad_at_first(1, agent_says("This is wrong.")));
  session_project const project(1, agent.url());
  auto const result = run(project, {"--pass-rule", "2/3", "--fail-on-flaky", "-j", "1"});
  INFO(result.err << result.out);
  CHECK(result.exit_code == 7);
  CHECK(project.json_of("run.json").at("cells").at(0).at("trials").size() == 3);
}

TEST_CASE("a share of missing verdicts is tolerated up to the rate, with a warning", "[session]") {
  recording_agent const agent([](json const& step) {
    return content_of(step).starts_with("Talk 1") ? parley::http_response(500, "{}") : agent_says("Well.");
  });
  session_project const project(4, agent.url());
  SECTION("none by default") {
    auto const result = run(project, {});
    CHECK(result.exit_code == 6);
    CHECK_THAT(result.last_line(), Catch::StartsWith("INCOMPLETE (exit 6): 1 errored, 3 passed in "));
  }
  SECTION("exactly the rate") {
    auto const* const rate = GENERATE("0.25", "25%");
    auto const result = run(project, {"--max-error-rate", rate});
    INFO(result.err << result.out);
    CHECK(result.exit_code == 0);
    CHECK_THAT(result.last_line(), Catch::StartsWith("PASSED (exit 0): 1 errored, 3 passed in "));
    CHECK_THAT(result.out + result.err, Catch::Contains("--max-error-rate"));
    CHECK(counted(project, "errored") == 1);
  }
  SECTION("less than the rate") {
    CHECK(run(project, {"--max-error-rate", "24%"}).exit_code == 6);
  }
  SECTION("no rate at all") {
    for (auto const* rate : {"-1", "101%", "1.5", "many"}) {
      INFO(rate);
      CHECK(project.run({"run", "--max-error-rate", rate}).exit_code == 4);
    }
    CHECK(agent.count() == 0);
  }
}

TEST_CASE("a failure outweighs errors and flakiness", "[session]") {
  recording_agent const agent([](json const& step) {
    auto const content = content_of(step);
    if (content.starts_with("Talk 1")) return parley::http_response(500, "{}");
    return content.starts_with("Talk 2") ? agent_says("This is wrong.") : agent_says("Well.");
  });
  session_project const project(3, agent.url());
  auto const result = run(project, {"--fail-on-flaky"});
  CHECK(result.exit_code == 1);
  CHECK_THAT(result.last_line(), Catch::StartsWith("FAILED (exit 1): 1 failed, 1 errored, 1 passed in "));
}
