// The real parley binary in a copy of a fixture project, and everything that one run of it left behind.
#pragma once

#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace parley::test {

// A copy of fixtures/<name> in a folder of its own, removed at the end.
class project_copy {
 public:
  explicit project_copy(std::string const& name);
  ~project_copy();
  project_copy(project_copy const&) = delete;
  project_copy& operator=(project_copy const&) = delete;

  std::filesystem::path const& root() const { return root_; }

 private:
  std::filesystem::path root_;
};

struct parley_result {
  int exit_code = -1;
  std::string out;
  std::string err;
  std::string last_line() const;  // of stdout, blank ones aside
};

// Runs `parley <arguments>` in the copy's root.
parley_result run_parley(project_copy const& project, std::vector<std::string> const& arguments,
                         std::map<std::string, std::string> variables = {});

// The same in any folder; throws std::runtime_error when it takes longer than `limit`.
parley_result run_parley_in(std::filesystem::path const& folder, std::vector<std::string> const& arguments,
                            std::map<std::string, std::string> variables = {},
                            std::chrono::seconds limit = std::chrono::seconds(280));

std::string read_text(std::filesystem::path const& file);

std::vector<std::string> lines_of(std::string const& text);

// Cell id -> passed, failed, errored, skipped, not_run, as each front end tells it.
std::map<std::string, std::string> outcomes_in_console(parley_result const& result);
std::map<std::string, std::string> outcomes_in_json(nlohmann::json const& report);
std::map<std::string, std::string> outcomes_in_junit(pugi::xml_document const& report);

}  // namespace parley::test
