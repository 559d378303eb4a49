#include "adapters/agents/seen_version.hpp"

#include <algorithm>

namespace parley {
namespace {

constexpr std::size_t most_seen = 4;

}  // namespace

void seen_version::look_at(std::string const& told) {
  if (told.empty() || !configured_.empty() || seen_.size() == most_seen) return;
  if (std::find(seen_.begin(), seen_.end(), told) == seen_.end()) seen_.push_back(told);
}

std::string seen_version::text() const {
  std::string text = configured_;
  for (auto const& version : seen_) text += (text.empty() ? "" : ", ") + version;
  return text;
}

}  // namespace parley
