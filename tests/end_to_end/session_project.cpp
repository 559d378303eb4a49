#include "tests/end_to_end/session_project.hpp"

#include "tests/end_to_end/sample_agent.hpp"

#include <sstream>
#include <stdexcept>
#include <thread>

namespace parley::test {
namespace {

std::string talk(std::size_t number) {
  auto const name = "Talk " + std::to_string(number);
  return "name: " + name + "\ntags: {number: \"" + std::to_string(number) +
         "\", parity: " + (number % 2 == 0 ? "even" : "odd") +
         "}\nobjective: Talk.\ninitial_message: " + name + " opens\nscript: {replies: [{say: " + name +
         " ends, then: end}]}\n"
         "evaluation: {checks: [{not_contains: wrong}]}\n";
}

}  // namespace

session_project::session_project(std::size_t conversations, std::string const& agent_url) {
  folder_.write("parley.yaml", "agents:\n  desk: {type: http, url: \"" + agent_url + "\"}\n");
  folder_.write("personas/pat.yaml", "name: Pat\nbackground: A customer.\n");
  for (std::size_t number = 1; number <= conversations; ++number)
    folder_.write("scenarios/talk-" + std::to_string(number) + ".yaml", talk(number));
}

pugi::xml_document& session_project::junit_of(std::string const& name, pugi::xml_document& into) const {
  auto const text = read(name);
  if (auto const parsed = into.load_string(text.c_str(), pugi::parse_full); !parsed)
    throw std::runtime_error(name + ": " + parsed.description());
  return into;
}

child_command session_project::command(std::vector<std::string> const& arguments,
                                       std::map<std::string, std::string> variables) const {
  child_command command({parley_program()});
  command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
  command.variables = std::move(variables);
  command.variables["NO_COLOR"] = "1";
  command.directory = folder_.path().string();
  return command;
}

parley_result session_project::run(std::vector<std::string> const& arguments,
                                   std::map<std::string, std::string> variables) const {
  child_process process(command(arguments, std::move(variables)));
  return end_of(process);
}

void session_project::wait_for_events(std::string const& event, std::size_t count) const {
  auto const marker = "\"event\":\"" + event + "\"";
  auto const until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!std::filesystem::exists(journal()) || count_of(read_text(journal()), marker) < count) {
    if (std::chrono::steady_clock::now() > until)
      throw std::runtime_error("no " + std::to_string(count) + " events " + event + " in the journal");
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
}

parley_result end_of(child_process& process) {
  process.close_input();
  parley_result result;
  result.exit_code = process.wait();
  result.out = process.out();
  result.err = process.err();
  return result;
}

std::string last_console_line(parley_result const& result) {
  parley_result shown = result;
  if (shown.out.empty()) shown.out = shown.err;
  return shown.last_line();
}

std::size_t count_of(std::string const& text, std::string const& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

std::vector<nlohmann::json> json_lines(std::string const& text) {
  std::vector<nlohmann::json> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line) && !in.eof();) lines.push_back(nlohmann::json::parse(line));
  return lines;
}

std::map<std::string, std::vector<std::string>> received_by_conversation(recording_agent const& agent) {
  std::map<std::string, std::vector<std::string>> received;
  for (auto const& step : agent.steps())
    received[step.at("conversation_id").get<std::string>()].push_back(step.at("content").get<std::string>());
  return received;
}

}  // namespace parley::test
