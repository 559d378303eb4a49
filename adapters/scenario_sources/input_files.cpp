#include "adapters/scenario_sources/input_files.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace parley {
namespace {

namespace fs = std::filesystem;

bool is_hidden(fs::path const& path) {
  return path.filename().string().starts_with('.');
}

class file_finder {
 public:
  explicit file_finder(input_problems& problems) : problems_(problems) {}

  void search(fs::path const& folder) {
    std::error_code failed;
    if (!seen_.insert(fs::weakly_canonical(folder, failed)).second) return;
    fs::directory_iterator it(folder, failed);
    if (failed) {
      problems_.error({folder.string(), 0, 0, {}}, "this folder cannot be read", "check that it may be read");
      return;
    }
    for (; it != fs::directory_iterator(); it.increment(failed)) {
      visit(it->path());
      if (failed) break;
    }
  }

  std::vector<fs::path> sorted() {
    std::sort(files_.begin(), files_.end(),
              [](auto const& a, auto const& b) { return a.generic_string() < b.generic_string(); });
    return std::move(files_);
  }

 private:
  void visit(fs::path const& path) {
    std::error_code ignored;
    if (is_hidden(path)) return;
    if (fs::is_directory(path, ignored)) return search(path);
    if (!has_input_extension(path) || path.filename() == "parley.yaml") return;
    // Reading a pipe or a device would wait for ever.
    if (fs::is_other(path, ignored))
      problems_.error({path.string(), 0, 0, {}}, "this is no regular file", "move it out of the project");
    else
      files_.push_back(path);
  }

  input_problems& problems_;
  std::set<fs::path> seen_;
  std::vector<fs::path> files_;
};

}  // namespace

bool has_input_extension(fs::path const& path) {
  std::string extension = path.extension().string();
  for (char& c : extension)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  constexpr std::array<std::string_view, 3> known{".yaml", ".yml", ".json"};
  return std::find(known.begin(), known.end(), extension) != known.end();
}

std::vector<fs::path> input_files_below(fs::path const& folder, input_problems& problems) {
  file_finder finder(problems);
  finder.search(folder);
  return finder.sorted();
}

}  // namespace parley
