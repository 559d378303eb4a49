#include "adapters/cli/evaluate_command.hpp"

#include "tests/support/catch.hpp"

#include <nlohmann/json.hpp>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

using namespace parley;
using nlohmann::json;

namespace {

namespace fs = std::filesystem;

// A folder of its own, and what the command writes to stdout and stderr.
class workplace {
 public:
  workplace() {
    std::string pattern = (fs::temp_directory_path() / "parley-evaluate-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
  }
  ~workplace() { fs::remove_all(root_); }

  std::string path(std::string const& name) const { return (root_ / name).string(); }

  std::string write(std::string const& name, std::vector<std::string> const& lines) const {
    std::ofstream out(root_ / name, std::ios::binary);
    for (auto const& line : lines) out << line << '\n';
    return path(name);
  }

  std::string read(std::string const& name) const {
    std::ifstream in(root_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  std::vector<json> lines(std::string const& name) const {
    std::vector<json> all;
    std::istringstream in(read(name));
    for (std::string line; std::getline(in, line);) all.push_back(json::parse(line));
    return all;
  }

  // The command with its output on stdout taken; `with` changes the options.
  int evaluate(std::vector<std::string> files, std::vector<report_flag> reports, bool tau2 = false) {
    evaluate_options options;
    options.files = std::move(files);
    options.reports = std::move(reports);
    options.configuration.set = {"run.color=never"};
    if (tau2) options.configuration.run = {{"action_matching", {"tau2"}, "--action-matching"}};
    options.presentation.quiet = true;
    std::ostringstream out;
    auto* const before = std::cout.rdbuf(out.rdbuf());
    int const code = evaluate_command(options);
    std::cout.rdbuf(before);
    out_ = out.str();
    return code;
  }

  std::string const& out() const { return out_; }

 private:
  fs::path root_;
  std::string out_;
};

json refund_scenario() {
  return {{"name", "Late delivery refund"},
          {"objective", "Get the money back."},
          {"instructions", "Be polite."},
          {"evaluation",
           {{"actions", {{{"name", "issue_refund"}, {"arguments", {{"order_id", "4411"}}}}}},
            {"checks", {{{"mentions", "refund"}}}}}}};
}

json good_line(std::string const& id) {
  return {
      {"id", id},
      {"scenario", refund_scenario()},
      {"messages",
       {{{"role", "user"}, {"content", "Hi"}},
        {{"role", "assistant"},
         {"content", "Your refund is on its way."},
         {"tool_calls", {{{"id", "1"}, {"name", "issue_refund"}, {"arguments", {{"order_id", "4411"}}}}}}}}},
      {"stop_reason", "user_stop"}};
}

json bad_line(std::string const& id) {
  auto line = good_line(id);
  line["messages"][1] = {{"role", "assistant"}, {"content", "No."}};
  return line;
}

report_flag to_file(std::string type, std::string path) {
  return {std::move(type), std::move(path), "--reporter"};
}

}  // namespace

TEST_CASE("evaluate writes one line for each conversation, in order") {
  workplace place;
  auto const file = place.write("night.jsonl", {good_line("b").dump(), "", bad_line("a").dump()});
  CHECK(place.evaluate({file}, {to_file("jsonl", place.path("out/scores.jsonl"))}) == 1);
  auto const lines = place.lines("out/scores.jsonl");
  REQUIRE(lines.size() == 2);
  json const expected = {{"id", "b"},
                         {"outcome", "passed"},
                         {"stop_reason", "user_ended"},
                         {"reward", 1},
                         {"reward_breakdown", {{"ACTION", 1}, {"CHECK", 1}}},
                         {"action_checks",
                          {{{"name", "issue_refund"},
                            {"arguments", {{"order_id", "4411"}}},
                            {"requestor", "assistant"},
                            {"action_match", true}}}},
                         {"nl_assertions", json::array()},
                         {"checks",
                          {{{"check", "mentions"},
                            {"verdict", "met"},
                            {"evidence", "Your refund is on its way."},
                            {"turn", 1}}}},
                         {"metrics", json::array()},
                         {"duration_ms", 0}};
  CHECK(lines[0] == expected);
  CHECK(lines[1].at("id") == "a");
  CHECK(lines[1].at("outcome") == "failed");
  CHECK(lines[1].at("reward_breakdown") == json{{"ACTION", 0}, {"CHECK", 0}});
}

TEST_CASE("evaluate returns what a run would") {
  workplace place;
  auto undecided = good_line("u");
  undecided["scenario"]["evaluation"]["nl_assertions"] = {"The agent was polite."};
  auto broken = good_line("e");
  broken["stop_reason"] = "agent_failed";
  auto const passed = place.write("passed.jsonl", {good_line("p").dump()});
  auto const failed = place.write("failed.jsonl", {bad_line("f").dump()});
  auto const open = place.write("open.jsonl", {undecided.dump()});
  auto const errored = place.write("errored.jsonl", {broken.dump()});
  auto const empty = place.write("empty.jsonl", {});
  CHECK(place.evaluate({passed}, {}) == 0);
  CHECK(place.evaluate({failed}, {}) == 1);
  CHECK(place.evaluate({open}, {}) == 6);
  CHECK(place.evaluate({errored}, {}) == 6);
  CHECK(place.evaluate({passed, open, failed}, {}) == 1);
  CHECK(place.evaluate({empty}, {}) == 5);
  CHECK(place.evaluate({place.path("missing.jsonl")}, {}) == 4);
  CHECK(place.out().find("INVALID (exit 4)") != std::string::npos);
}

TEST_CASE("bad lines make exit 4 after the others were scored") {
  workplace place;
  auto no_scenario = good_line("s");
  no_scenario.erase("scenario");
  auto wrong_scenario = good_line("w");
  wrong_scenario["scenario"]["evaluation"]["checks"] = {{{"matches", "("}}};
  auto const file =
      place.write("night.jsonl", {good_line("a").dump(), "{", no_scenario.dump(), wrong_scenario.dump(),
                                  good_line("a").dump(), bad_line("z").dump()});
  CHECK(place.evaluate({file}, {to_file("jsonl", place.path("scores.jsonl"))}) == 4);
  auto const lines = place.lines("scores.jsonl");
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].at("id") == "a");
  CHECK(lines[1].at("id") == "z");
}

TEST_CASE("lines with one id and different trials are one cell") {
  workplace place;
  auto const trial = [](json line, int number) {
    line["trial"] = number;
    return line.dump();
  };
  auto const file = place.write("night.jsonl", {trial(good_line("a"), 2), trial(good_line("b"), 1),
                                                trial(bad_line("a"), 1), trial(good_line("a"), 2)});
  CHECK(place.evaluate(
            {file}, {to_file("json", place.path("run.json")), to_file("jsonl", place.path("l.jsonl"))}) == 4);
  CHECK(place.lines("l.jsonl").size() == 3);
  CHECK(place.lines("l.jsonl")[0].at("trial") == 2);
  auto const run = json::parse(place.read("run.json"));
  REQUIRE(run.at("cells").size() == 2);
  auto const& a = run.at("cells")[0];
  CHECK(a.at("id") == "a");
  CHECK(a.at("set") == "night");
  CHECK(a.at("outcome") == "failed");
  REQUIRE(a.at("trials").size() == 2);
  CHECK(a.at("trials")[0].at("trial") == 1);
  CHECK(a.at("trials")[0].at("outcome") == "failed");
  CHECK(a.at("trials")[1].at("outcome") == "passed");
  CHECK(a.at("trials")[1].at("transcript").at("messages").size() == 2);
  CHECK(run.at("run").at("exit_code") == 4);
}

TEST_CASE("in JUnit the set is the file and the case names scenario and id") {
  workplace place;
  auto const file = place.write("night.jsonl", {good_line("a/1").dump()});
  CHECK(place.evaluate({file}, {to_file("junit", place.path("report.xml"))}) == 0);
  auto const xml = place.read("report.xml");
  CHECK(xml.find("<testsuite name=\"night\"") != std::string::npos);
  CHECK(xml.find("name=\"Late delivery refund / a/1\"") != std::string::npos);
}

TEST_CASE("a reporter without a path writes to stdout in place of the console") {
  workplace place;
  auto const file = place.write("night.jsonl", {good_line("a").dump()});
  place.evaluate({file}, {});
  CHECK(place.out().find("PASSED (exit 0): 1 passed") != std::string::npos);
  place.evaluate({file}, {to_file("jsonl", "")});
  CHECK(json::parse(place.out()).at("id") == "a");
}

TEST_CASE("Flag --action-matching tau2 reaches the actions") {
  workplace place;
  auto line = good_line("a");
  line["scenario"]["evaluation"]["actions"][0]["arguments"]["note"] = "more than was given";
  auto const file = place.write("night.jsonl", {line.dump()});
  CHECK(place.evaluate({file}, {}) == 1);
  CHECK(place.evaluate({file}, {}, true) == 0);
}

TEST_CASE("an Eqho document is a scenario too") {
  workplace place;
  json const document = {
      {"name", "Refund call"},
      {"lead_scenario",
       {{"persona", "An angry customer"}, {"instructions", {{"task_instructions", "Insist."}}}}},
      {"evaluation_criteria",
       {{"actions",
         {{{"name", "issue_refund"}, {"arguments", json::object()}, {"compare_args", json::array()}}}}}}};
  auto line = good_line("a");
  line["scenario"] = document;
  auto const file = place.write("night.jsonl", {line.dump()});
  CHECK(place.evaluate({file}, {to_file("jsonl", place.path("l.jsonl"))}) == 0);
  CHECK(place.lines("l.jsonl").at(0).at("reward_breakdown") == json{{"ACTION", 1}});
}

TEST_CASE("many lines keep their order") {
  workplace place;
  std::vector<std::string> lines;
  for (int i = 0; i < 500; ++i)
    lines.push_back((i % 3 == 0 ? bad_line : good_line)(std::to_string(i)).dump());
  auto const file = place.write("night.jsonl", lines);
  CHECK(place.evaluate({file}, {to_file("jsonl", place.path("l.jsonl"))}) == 1);
  auto const scored = place.lines("l.jsonl");
  REQUIRE(scored.size() == 500);
  for (int i = 0; i < 500; ++i) {
    CHECK(scored[static_cast<std::size_t>(i)].at("id") == std::to_string(i));
    CHECK(scored[static_cast<std::size_t>(i)].at("outcome") == (i % 3 == 0 ? "failed" : "passed"));
  }
}
