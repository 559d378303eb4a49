// The version an agent tells about itself in its replies, for reports that say what changed between two runs.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace parley {

class seen_version {
 public:
  // What the configuration says wins; empty: the agent's replies may say it.
  explicit seen_version(std::string configured) : configured_(std::move(configured)) {}

  void look_at(std::string const& told);  // by one reply; empty = nothing
  // Several, when it changed in the middle of a run: "1.0, 1.1".
  std::string text() const;

 private:
  std::string configured_;
  std::vector<std::string> seen_;  // at most a handful
};

}  // namespace parley
