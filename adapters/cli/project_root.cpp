#include "adapters/cli/project_root.hpp"

namespace parley {
namespace {

namespace fs = std::filesystem;

constexpr char const* config_name = "parley.yaml";

bool is_file(fs::path const& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

project_location at(fs::path const& root, std::string const& typed_root) {
  project_location project;
  project.root = typed_root;
  fs::path const typed(typed_root);
  project.env_file = typed_root == "." ? ".env" : (typed / ".env").string();
  project.env_path = root / ".env";
  if (is_file(root / config_name)) {
    project.config_file = typed_root == "." ? config_name : (typed / config_name).string();
    project.config_path = root / config_name;
  }
  return project;
}

}  // namespace

project_location find_project(std::optional<std::string> const& file, std::string const& working_directory,
                              input_problems& problems) {
  fs::path const start(working_directory);
  if (file) {
    auto const parent = fs::path(*file).parent_path();
    auto project = at(start / parent, parent.empty() ? "." : parent.string());
    project.config_file = *file;
    project.config_path = start / *file;
    if (is_file(project.config_path)) return project;
    problems.error({*file, 0, 0, {}}, "no such configuration file", "check -c FILE");
    project.config_file.clear();
    return project;
  }
  std::error_code ignored;
  auto directory = fs::weakly_canonical(fs::absolute(start, ignored), ignored);
  for (std::string typed = "."; !directory.empty();) {
    if (is_file(directory / config_name)) return at(directory, typed);
    if (directory == directory.parent_path()) break;
    directory = directory.parent_path();
    typed = typed == "." ? ".." : typed + "/..";
  }
  return at(start, ".");
}

}  // namespace parley
