// The snippets of the README for CI systems, read as those systems read them: every command line is one that
// the program takes, and what the system is told to collect is what that command line writes.
#include "adapters/cli/command_line.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/project_paths.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <sstream>

using namespace parley;

namespace {

using words = std::vector<std::string>;

// The fenced block that follows a line which begins with `heading`.
std::string snippet_below(std::string const& heading) {
  std::ifstream file(test::source_path("README.md"));
  std::string const readme{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  auto const at = readme.find("\n" + heading);
  REQUIRE(at != std::string::npos);
  auto const fence = readme.find("\n```", at);
  auto const begin = readme.find('\n', fence + 1) + 1;
  return readme.substr(begin, readme.find("\n```", begin) + 1 - begin);
}

// The words behind `parley` in a shell line; empty: the line starts something else.
words arguments_of(std::string const& line) {
  std::istringstream in(line);
  words all{std::istream_iterator<std::string>(in), {}};
  auto const program = std::find_if(all.begin(), all.end(), [](std::string const& word) {
    return word == "parley" || word.ends_with("/bin/parley") || word.ends_with("/release/parley");
  });
  if (program == all.end()) return {};
  all.erase(all.begin(), program + 1);
  return all;
}

// The reports of the one `parley run` among the lines: type -> path.
std::map<std::string, std::string> reports_written_by(words const& lines) {
  std::map<std::string, std::string> written;
  int runs = 0;
  for (auto const& line : lines) {
    auto const arguments = arguments_of(line);
    if (arguments.empty() || arguments.front() != "run") continue;
    INFO(line);
    ++runs;
    auto const read = parse_command_line(arguments);
    REQUIRE(std::holds_alternative<command>(read));
    for (auto const& report : std::get<run_options>(std::get<command>(read)).reports)
      written[report.type] = report.path;
  }
  CHECK(runs == 1);
  return written;
}

words as_words(YAML::Node const& list) {
  words all;
  for (std::size_t i = 0; i < list.size(); ++i) all.push_back(list[i].as<std::string>());
  return all;
}

}  // namespace

TEST_CASE("The GitHub Actions snippet uploads what its run writes") {
  auto const steps = YAML::Load(snippet_below("GitHub Actions:"))["jobs"]["conversations"]["steps"];
  words lines;
  YAML::Node upload;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    auto const step = steps[i];
    if (step["run"]) lines.push_back(step["run"].as<std::string>());
    if (step["uses"] && step["uses"].as<std::string>().starts_with("actions/upload-artifact@")) upload = step;
  }
  auto const written = reports_written_by(lines);
  CHECK(written.contains("github"));
  REQUIRE(upload);
  CHECK(upload["if"].as<std::string>() == "always()");
  CHECK(upload["with"]["path"].as<std::string>() == "report.*");
  CHECK(written.at("junit").starts_with("report."));
  CHECK(written.at("html").starts_with("report."));
}

TEST_CASE("The GitLab snippet shows the report that its run writes, also of a red job") {
  auto const job = YAML::Load(snippet_below("GitLab:"))["conversations"];
  auto const written = reports_written_by(as_words(job["script"]));
  auto const artifacts = job["artifacts"];
  CHECK(artifacts["when"].as<std::string>() == "always");
  CHECK(artifacts["reports"]["junit"].as<std::string>() == written.at("junit"));
  CHECK(as_words(artifacts["paths"]) == words{written.at("html")});
}

TEST_CASE("The Azure snippet publishes the report that its run writes, also of a red job") {
  auto const steps = YAML::Load(snippet_below("Azure Pipelines"))["steps"];
  words lines;
  YAML::Node publish;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    auto const step = steps[i];
    if (step["script"]) lines.push_back(step["script"].as<std::string>());
    if (step["task"] && step["task"].as<std::string>() == "PublishTestResults@2") publish = step;
  }
  auto const written = reports_written_by(lines);
  REQUIRE(publish);
  CHECK(publish["condition"].as<std::string>() == "succeededOrFailed()");
  CHECK(publish["inputs"]["testResultsFormat"].as<std::string>() == "JUnit");
  CHECK(publish["inputs"]["testResultsFiles"].as<std::string>() == written.at("junit"));
}

TEST_CASE("The Jenkins snippet reads the strict report that its run writes, with attachments") {
  auto const text = snippet_below("Jenkins:");
  CHECK(std::count(text.begin(), text.end(), '{') == std::count(text.begin(), text.end(), '}'));
  words lines;
  std::regex const shell("sh '([^']*)'");
  for (std::sregex_iterator at(text.begin(), text.end(), shell), end; at != end; ++at)
    lines.push_back((*at)[1].str());
  auto const written = reports_written_by(lines);
  auto const post = text.find("post {");
  REQUIRE(post != std::string::npos);
  CHECK(text.find("always {", post) != std::string::npos);
  CHECK(text.find("junit testResults: '" + written.at("junit-strict") + "'", post) != std::string::npos);
  CHECK(text.find("testDataPublishers: [attachments()]", post) != std::string::npos);
}
