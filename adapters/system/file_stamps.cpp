#include "adapters/system/file_stamps.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>

namespace parley {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_files = 20'000;
constexpr std::array<std::string_view, 5> foreign{"node_modules", "__pycache__", "build", "target", "venv"};

bool is_left_out(std::string const& name) {
  return (name.starts_with('.') && name != ".env") ||
         std::find(foreign.begin(), foreign.end(), name) != foreign.end();
}

void take_entry(fs::path const& folder, fs::recursive_directory_iterator& at, file_stamps& found) {
  std::error_code error;
  if (is_left_out(at->path().filename().string())) {
    at.disable_recursion_pending();
    return;
  }
  if (!at->is_regular_file(error) || error) return;
  file_stamp stamp;
  stamp.written = at->last_write_time(error);
  if (!error) stamp.size = at->file_size(error);
  if (!error) found.emplace(at->path().lexically_relative(folder).string(), stamp);
}

}  // namespace

file_stamps stamps_below(fs::path const& folder) {
  file_stamps found;
  std::error_code error;
  fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, error);
  for (; !error && at != fs::recursive_directory_iterator() && found.size() < most_files; at.increment(error))
    take_entry(folder, at, found);
  return found;
}

std::vector<std::string> changed_files(file_stamps const& before, file_stamps const& after) {
  std::vector<std::string> changed;
  for (auto const& [path, stamp] : after) {
    auto const earlier = before.find(path);
    if (earlier == before.end() || !(earlier->second == stamp)) changed.push_back(path);
  }
  for (auto const& [path, stamp] : before)
    if (!after.contains(path)) changed.push_back(path);
  std::sort(changed.begin(), changed.end());
  return changed;
}

}  // namespace parley
