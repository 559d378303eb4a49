// The completion scripts in the real shells. bash is always there; zsh and fish are asked when they are
// installed, and else the scripts' parts are looked for.
#include "adapters/cli/command_table.hpp"
#include "adapters/cli/flag_table.hpp"
#include "tests/end_to_end/parley_run.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/project_paths.hpp"
#include "tests/support/temporary_folder.hpp"

#include <filesystem>
#include <set>
#include <sstream>

using namespace parley::test;
using namespace parley;
namespace fs = std::filesystem;

namespace {

using words = std::set<std::string>;

bool is_installed(std::string const& shell) {
  for (char const* folder : {"/usr/bin/", "/bin/", "/usr/local/bin/"})
    if (fs::exists(folder + shell)) return true;
  return false;
}

struct shell_project {
  shell_project() {
    for (auto const* shell : {"bash", "zsh", "fish"}) {
      auto const made = run_parley_in(folder.path(), {"completions", shell});
      REQUIRE(made.exit_code == 0);
      folder.write(std::string("parley.") + shell, made.out);
    }
    folder.write(".parley/runs/20261120-090000-abcdef/events.jsonl", "");
    folder.write("night.tar.gz", "");
    fs::create_directory(folder.path() / "bin");
    fs::create_symlink(build_path("parley"), folder.path() / "bin/parley");
  }

  parley_result run(std::vector<std::string> arguments, std::string const& script) const {
    folder.write("script", script);
    arguments.push_back((folder.path() / "script").string());
    child_command command(std::move(arguments));
    command.directory = folder.path().string();
    command.variables = {{"PATH", (folder.path() / "bin").string() + ":/usr/bin:/bin"}};
    child_process process(std::move(command));
    parley_result result;
    result.exit_code = process.wait();
    result.out = process.out();
    result.err = process.err();
    return result;
  }

  // What bash offers for a line that ends at the cursor; its words as bash takes them apart.
  words offered_by_bash(std::vector<std::string> const& typed) const {
    std::string script = "source ./parley.bash\nCOMP_WORDS=(";
    for (auto const& word : typed) script += " '" + word + "'";
    script += ")\nCOMP_CWORD=" + std::to_string(typed.size() - 1) +
              "\n_parley parley '' ''\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n";
    auto const result = run({"/bin/bash", "--norc"}, script);
    INFO(result.err);
    CHECK(result.err.empty());
    return lines(result.out);
  }

  static words lines(std::string const& text) {
    words found;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
      if (!line.empty()) found.insert(line.substr(0, line.find('\t')));
    return found;
  }

  temporary_folder folder;
};

bool has_all(words const& found, words const& wanted) {
  for (auto const& one : wanted)
    if (found.count(one) == 0) return false;
  return true;
}

}  // namespace

TEST_CASE("bash completes commands, flags, their values, runs and files") {
  shell_project const of;
  CHECK(has_all(of.offered_by_bash({"parley", ""}), {"run", "list", "runs", "baseline", "completions"}));
  CHECK(of.offered_by_bash({"parley", "comp"}) == words{"compare", "completions"});
  CHECK(of.offered_by_bash({"parley", "runs", ""}) == words{"list", "prune", "export"});
  CHECK(of.offered_by_bash({"parley", "runs", "prune", "--k"}) == words{"--keep"});
  CHECK(of.offered_by_bash({"parley", "runs", "list", "--format", ""}) == words{"text", "json", "ids"});
  CHECK(of.offered_by_bash({"parley", "list", "--format", "", ""}).empty() == false);
  CHECK(of.offered_by_bash({"parley", "compare", "--format", ""}) == words{"text", "json"});
  CHECK(of.offered_by_bash({"parley", "--color", "=", "al"}) == words{"always"});
  CHECK(of.offered_by_bash({"parley", "run", "--color", "="}) == words{"auto", "always", "never"});
  CHECK(of.offered_by_bash({"parley", "-c", "run", "--seed", ""}) == words{"random"});
  CHECK(of.offered_by_bash({"parley", "completions", ""}) == words{"bash", "zsh", "fish"});
  CHECK(of.offered_by_bash({"parley", "run", "--cassette", "re"}) == words{"record=", "replay="});
  CHECK(of.offered_by_bash({"parley", "run", "--cassette", "record", "=", "ni"}) == words{"night.tar.gz"});
  CHECK(has_all(of.offered_by_bash({"parley", "--reporter", "ju"}), {"junit", "junit-strict"}));
  CHECK(has_all(of.offered_by_bash({"parley", "report", ""}), {"latest", "night.tar.gz"}));
  CHECK(has_all(of.offered_by_bash({"parley", "run", "--resume", ""}), {"latest"}));
  CHECK(of.offered_by_bash({"parley", "night"}) == words{"night.tar.gz"});
}

TEST_CASE("bash is told every flag of every command") {
  shell_project const of;
  for (auto const& entry : command_entries()) {
    std::vector<std::string> line{"parley"};
    std::istringstream in(entry.description.name.substr(7));
    for (std::string word; in >> word;) line.push_back(word);
    line.emplace_back("-");
    words wanted{"--help", "-h"};
    for (auto const& flag : flag_table())
      if (flag.known_to(entry.description.kind)) {
        std::istringstream names{std::string(flag.names)};
        for (std::string name; std::getline(names, name, ',');) wanted.insert(name);
      }
    INFO(entry.description.name);
    CHECK(of.offered_by_bash(line) == wanted);
  }
}

TEST_CASE("zsh reads its script and has every flag with its description") {
  shell_project const of;
  auto const script = of.folder.read("parley.zsh");
  CHECK_THAT(script, Catch::StartsWith("#compdef parley\n"));
  CHECK_THAT(script, Catch::Contains("'--older-than:runs that started less than D ago stay"));
  CHECK_THAT(script, Catch::Contains("'compare --format') REPLY=':text json'"));
  CHECK_THAT(script, Catch::Contains("'report') REPLY='runs,files:'"));
  if (!is_installed("zsh")) return;
  auto const checked = of.run({"/usr/bin/zsh", "-f"},
                              "autoload -Uz compinit; compinit -D -u\nsource ./parley.zsh\n"
                              "words=(parley runs prune x); CURRENT=4; _parley_command; echo \"$REPLY\"\n"
                              "words=(parley -c x list y); CURRENT=5; _parley_command; echo \"$REPLY\"\n"
                              "words=(parley runs x); CURRENT=3; _parley_command; echo \"[$REPLY]\"\n"
                              "_parley_value 'runs list --format'; echo \"$REPLY\"\n"
                              "echo $_comps[parley]\n");
  INFO(checked.err);
  CHECK(checked.out == "runs prune\nlist\n[runs ]\n:text json ids\n_parley\n");
}

TEST_CASE("fish completes what its script says") {
  shell_project const of;
  auto const script = of.folder.read("parley.fish");
  CHECK_THAT(script, Catch::Contains("-l older-than"));
  if (!is_installed("fish")) return;
  auto const offered = [&](std::string const& line) {
    auto const result =
        of.run({"/usr/bin/fish", "--no-config"}, "source ./parley.fish\ncomplete -C '" + line + "'\n");
    INFO(result.err);
    CHECK(result.err.empty());
    return shell_project::lines(result.out);
  };
  CHECK(offered("parley comp") == words{"compare", "completions"});
  CHECK(offered("parley runs ") == words{"list", "prune", "export"});
  CHECK(offered("parley runs prune --k") == words{"--keep"});
  CHECK(offered("parley runs list --format ") == words{"text", "json", "ids"});
  CHECK(offered("parley -c x compare --format ") == words{"text", "json"});
  CHECK(has_all(offered("parley report "), {"latest", "night.tar.gz"}));
  CHECK(has_all(offered("parley run -"), {"--jobs", "-j", "--lf", "--last-failed", "-k", "--help"}));
}
