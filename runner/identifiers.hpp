// Strong types for the names by which things are known, so that no two kinds can be mixed up.
#pragma once

#include <compare>
#include <functional>
#include <string>

namespace parley {

template <class Tag>
struct identifier {
  std::string value;

  identifier() = default;
  explicit identifier(std::string v) : value(std::move(v)) {}
  friend auto operator<=>(identifier const&, identifier const&) = default;
};

using scenario_id = identifier<struct scenario_tag>;          // 24 lower-case hex digits
using persona_id = identifier<struct persona_tag>;            // 24 lower-case hex digits
using cell_id = identifier<struct cell_tag>;                  // set/scenario@persona[#name], all slugs
using run_id = identifier<struct run_tag>;                    // folder name under .parley/runs
using conversation_id = identifier<struct conversation_tag>;  // ours, until an agent gives another

}  // namespace parley

template <class Tag>
struct std::hash<parley::identifier<Tag>> {
  std::size_t operator()(parley::identifier<Tag> const& id) const noexcept {
    return std::hash<std::string>{}(id.value);
  }
};
