#include "adapters/system/file_stamps.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace parley;
using names = std::vector<std::string>;

TEST_CASE("Files that were written, made or removed are told by their path below the folder") {
  test::temporary_folder const folder;
  folder.write("parley.yaml", "a");
  folder.write("scenarios/late.yaml", "a");
  folder.write("scenarios/gone.yaml", "a");
  auto const before = stamps_below(folder.path());
  CHECK(changed_files(before, stamps_below(folder.path())).empty());
  folder.write("scenarios/late.yaml", "longer");
  folder.write("tests/new.yaml", "a");
  std::filesystem::remove(folder.path() / "scenarios/gone.yaml");
  CHECK(changed_files(before, stamps_below(folder.path())) ==
        names{"scenarios/gone.yaml", "scenarios/late.yaml", "tests/new.yaml"});
}

TEST_CASE("Hidden files and what tools own are not looked at") {
  test::temporary_folder const folder;
  folder.write(".env", "A=1");
  folder.write(".parley/runs/x/events.jsonl", "a");
  folder.write("node_modules/a/b.json", "a");
  folder.write("agent/__pycache__/a.pyc", "a");
  folder.write("agent/agent.py", "a");
  names found;
  for (auto const& [path, stamp] : stamps_below(folder.path())) found.push_back(path);
  CHECK(found == names{".env", "agent/agent.py"});
  CHECK(stamps_below(folder.path() / "nowhere").empty());
}
