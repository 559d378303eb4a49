#include "adapters/storage/run_directory.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

#include <filesystem>
#include <fstream>

using namespace parley;
namespace fs = std::filesystem;

namespace {

struct empty_project {
  std::string add_run(std::string const& id) const {
    std::string const directory = create_run_directory(root, run_id(id), "").value();
    std::ofstream(journal_path(directory)) << "{}\n";
    return directory;
  }

  test::temporary_folder folder;
  std::string root = folder.path().string();
};

}  // namespace

TEST_CASE("A run id sorts by time and is unique by chance") {
  auto const at = std::chrono::sys_days(std::chrono::year(2026) / 11 / 20) + std::chrono::hours(10);
  auto const id = new_run_id(at);
  CHECK(id.value.substr(0, 16) == "20261120-100000-");
  CHECK(id.value.size() == 22);
  CHECK(id != new_run_id(at));
}

TEST_CASE("A run is found as latest, by a prefix that fits one run, and by its folder or journal") {
  empty_project const project;
  auto const first = project.add_run("20261120-100000-aaaaaa");
  auto const second = project.add_run("20261121-100000-bbbbbb");
  mark_latest(project.root, first);
  mark_latest(project.root, second);
  CHECK(fs::equivalent(find_run(project.root, "latest").value(), second));
  CHECK(fs::equivalent(find_run(project.root, "20261120").value(), first));
  CHECK(find_run(project.root, first).value() == first);
  CHECK(find_run(project.root, journal_path(first)).value() == first);
}

TEST_CASE("A run that cannot be found is answered with what there is") {
  empty_project const project;
  CHECK(find_run(project.root, "latest").error().detail.find("start one with `parley run`") !=
        std::string::npos);
  project.add_run("20261120-100000-aaaaaa");
  project.add_run("20261120-110000-bbbbbb");
  auto const ambiguous = find_run(project.root, "20261120").error();
  CHECK(ambiguous.code == failure_code::invalid_input);
  CHECK(ambiguous.detail.find("20261120-110000-bbbbbb, 20261120-100000-aaaaaa") != std::string::npos);
  CHECK(find_run(project.root, "2025").error().detail.find("the newest there are") != std::string::npos);
}

TEST_CASE("A folder that already holds a run is not written over") {
  empty_project const project;
  auto const first = project.add_run("20261120-100000-aaaaaa");
  CHECK(create_run_directory(project.root, run_id("x"), first).error().code == failure_code::invalid_input);
}
