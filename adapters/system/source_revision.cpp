#include "adapters/system/source_revision.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <system_error>

namespace parley {
namespace {

namespace fs = std::filesystem;

// Of GitHub, GitLab, Jenkins, Azure, CircleCI and Bitbucket.
constexpr std::array<char const*, 6> variables_of_servers{
    "GITHUB_SHA", "CI_COMMIT_SHA", "GIT_COMMIT", "BUILD_SOURCEVERSION", "CIRCLE_SHA1", "BITBUCKET_COMMIT"};

std::string first_line(fs::path const& file) {
  std::ifstream in(file, std::ios::binary);
  std::string line;
  std::getline(in, line);
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
  return line;
}

bool is_revision(std::string const& text) {
  auto const is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  return text.size() >= 7 && text.size() <= 64 && std::all_of(text.begin(), text.end(), is_digit);
}

// What stands behind a prefix; empty when the text begins otherwise.
std::string behind(std::string_view prefix, std::string const& text) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : std::string();
}

// The folder `.git`, or the one that a worktree's file `.git` names.
fs::path git_folder(fs::path folder) {
  std::error_code error;
  for (folder = fs::absolute(folder, error).lexically_normal(); !error; folder = folder.parent_path()) {
    fs::path const git = folder / ".git";
    if (fs::is_directory(git, error)) return git;
    if (auto const named = behind("gitdir: ", first_line(git)); !named.empty()) return folder / named;
    if (!folder.has_relative_path()) break;
    error.clear();
  }
  return {};
}

std::string packed_revision(fs::path const& packed, std::string const& name) {
  std::ifstream in(packed, std::ios::binary);
  for (std::string line; std::getline(in, line);) {
    auto const space = line.find(' ');
    if (space != std::string::npos && line.compare(space + 1, std::string::npos, name) == 0)
      return line.substr(0, space);
  }
  return {};
}

std::string checked_out(fs::path const& git) {
  auto const head = first_line(git / "HEAD");
  auto const name = behind("ref: ", head);
  if (name.empty()) return head;
  auto const common = first_line(git / "commondir");  // of a worktree
  fs::path const shared = common.empty() ? git : git / common;
  auto const loose = first_line(shared / name);
  return loose.empty() ? packed_revision(shared / "packed-refs", name) : loose;
}

}  // namespace

std::string source_revision(environment const& variables, fs::path const& folder) {
  for (auto const* const name : variables_of_servers)
    if (auto const value = variables.find(name).value_or(""); is_revision(value)) return value;
  auto const git = git_folder(folder);
  if (git.empty()) return {};
  auto const revision = checked_out(git);
  return is_revision(revision) ? revision : std::string();
}

}  // namespace parley
