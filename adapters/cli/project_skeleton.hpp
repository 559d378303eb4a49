// The files of a small project that runs at once: what `parley init` writes.
#pragma once

#include <string_view>
#include <vector>

namespace parley {

struct skeleton_file {
  std::string_view path;  // below the project's root
  std::string_view text;
};

std::vector<skeleton_file> const& project_skeleton();

}  // namespace parley
