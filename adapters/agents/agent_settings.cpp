#include "adapters/agents/agent_settings.hpp"

namespace parley {

source_position agent_settings::where_of(std::string path) const {
  for (;;) {
    if (auto const found = places.find(path); found != places.end()) return found->second;
    auto const dot = path.rfind('.');
    if (dot == std::string::npos) return where;
    path.resize(dot);
  }
}

}  // namespace parley
