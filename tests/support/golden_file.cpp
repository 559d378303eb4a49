#include "tests/support/golden_file.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/project_paths.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace parley::test {
namespace {

namespace fs = std::filesystem;

std::string read(fs::path const& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void write(fs::path const& path, std::string const& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

std::string first_difference(std::string const& approved, std::string const& output) {
  std::istringstream left(approved);
  std::istringstream right(output);
  std::string a;
  std::string b;
  for (int line = 1;; ++line) {
    bool const more_left = static_cast<bool>(std::getline(left, a));
    bool const more_right = static_cast<bool>(std::getline(right, b));
    if (!more_left && !more_right) return "only in their last newline";
    if (more_left != more_right || a != b)
      return "line " + std::to_string(line) + "\n  approved: " + (more_left ? a : "(end)") +
             "\n  output:   " + (more_right ? b : "(end)");
  }
}

}  // namespace

void check_golden(std::string const& name, std::string const& output) {
  auto const approved = fs::path(source_path("tests/reports/golden")) / name;
  char const* const approve = std::getenv("PARLEY_APPROVE");
  if (approve && std::string(approve) == "1") {
    write(approved, output);
    SUCCEED("approved " + name);
    return;
  }
  auto const expected = read(approved);
  if (expected == output) {
    SUCCEED();
    return;
  }
  auto const received = fs::path(build_path("received")) / name;
  write(received, output);
  FAIL_CHECK(name << " differs in " << first_difference(expected, output)
                  << "\n  the output: " << received.string() << "\n  PARLEY_APPROVE=1 approves it");
}

}  // namespace parley::test
