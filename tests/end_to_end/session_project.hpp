// A project of short conversations written by the test, and the real parley binary run in its folder, also as
// a child that can be interrupted while conversations are open.
#pragma once

#include "tests/end_to_end/parley_run.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/recording_agent.hpp"
#include "tests/support/temporary_folder.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace parley::test {

class session_project {
 public:
  // `conversations` scenarios "Talk 1", "Talk 2", ... of two interactions each ("Talk 1 opens", "Talk 1
  // ends") with one persona, "Pat", and one agent, "desk". The cells are scenarios/talk-1@pat, ...
  session_project(std::size_t conversations, std::string const& agent_url);

  temporary_folder const& folder() const { return folder_; }
  std::string read(std::string const& name) const { return folder_.read(name); }
  nlohmann::json json_of(std::string const& name) const { return nlohmann::json::parse(read(name)); }
  pugi::xml_document& junit_of(std::string const& name, pugi::xml_document& into) const;

  child_command command(std::vector<std::string> const& arguments,
                        std::map<std::string, std::string> variables = {}) const;
  parley_result run(std::vector<std::string> const& arguments,
                    std::map<std::string, std::string> variables = {}) const;

  // The journal of the latest run. A line is waited for because the program writes it on its own time.
  std::string journal() const { return folder_.path() / ".parley/runs/latest/events.jsonl"; }
  void wait_for_events(std::string const& event, std::size_t count) const;

 private:
  temporary_folder folder_;
};

// What a child left behind, after its end.
parley_result end_of(child_process& process);

// Of stdout, or of stderr when nothing stands there: what came before a run is a diagnostic.
std::string last_console_line(parley_result const& result);

std::size_t count_of(std::string const& text, std::string const& part);
// Parsed lines of a journal or of another file of JSON lines; a torn last line is left out.
std::vector<nlohmann::json> json_lines(std::string const& text);
// Contents the agent received, by conversation id, in order.
std::map<std::string, std::vector<std::string>> received_by_conversation(recording_agent const& agent);

}  // namespace parley::test
