#include "adapters/formats/fitting_part.hpp"

#include <set>

namespace parley {
namespace {

// Takes out what stands at the places of mistakes.
class pruner {
 public:
  explicit pruner(input_problems const& mistakes) {
    for (auto const& mistake : mistakes.sorted()) places_.insert(to_text(mistake.where));
  }

  // false: the value itself has to go.
  bool prune(located_tree& node) {
    // A map in YAML begins where its first key does: as long as keys go, the map may stay.
    std::size_t const gone =
        std::erase_if(node.entries, [&](located_entry& entry) { return !keeps(entry); }) +
        std::erase_if(node.items, [&](located_tree& item) { return !prune(item); });
    return gone > 0 || !is_wrong(node.place);
  }

 private:
  bool keeps(located_entry& entry) { return !is_wrong(entry.key_place) && prune(entry.value); }
  bool is_wrong(located_place const& place) const { return places_.contains(to_text(place.where())); }

  std::set<std::string> places_;
};

}  // namespace

std::optional<located_tree> fitting_part(located_tree document, shape const& expected) {
  // Without a wrong key an entry may lack what it must have, and then goes too: one level a round.
  constexpr int rounds = 64;
  for (int round = 0; round < rounds; ++round) {
    input_problems mistakes;
    if (check_shape(document, expected, "", mistakes)) return document;
    if (!pruner(mistakes).prune(document)) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace parley
