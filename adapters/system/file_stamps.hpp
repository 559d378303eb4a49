// What the files below a folder look like at one moment, to see later which of them somebody has changed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace parley {

struct file_stamp {
  std::filesystem::file_time_type written{};
  std::uintmax_t size = 0;
  friend bool operator==(file_stamp const&, file_stamp const&) = default;
};

// By path relative to the folder, "scenarios/late.yaml".
using file_stamps = std::map<std::string, file_stamp>;

// Regular files at any depth. Left out: hidden files and folders but `.env`, what dependencies and build
// systems own (node_modules, __pycache__, build, target, venv), symbolic links to folders, and what lies
// behind the first 20,000 files. What cannot be read is as if it were not there.
file_stamps stamps_below(std::filesystem::path const& folder);

// Written, made or removed between the two; in order.
std::vector<std::string> changed_files(file_stamps const& before, file_stamps const& after);

}  // namespace parley
