#include "runner/evaluation/call_assignment.hpp"

#include <algorithm>
#include <unordered_map>

namespace parley {
namespace {

using taken_by = std::unordered_map<std::size_t, std::size_t>;  // actual -> expected

// One breadth-first search for a free actual call, along calls that others could exchange for another one.
class exchange {
 public:
  exchange(call_candidates const& candidates, call_assignment& assigned, taken_by& taken)
      : candidates_(candidates), assigned_(assigned), taken_(taken) {}

  void find_call_for(std::size_t expected) {
    std::vector<std::size_t> waiting{expected};
    for (std::size_t next = 0; next < waiting.size(); ++next) {
      for (std::size_t const actual : candidates_[waiting[next]]) {
        if (!asked_by_.try_emplace(actual, waiting[next]).second) continue;
        auto const owner = taken_.find(actual);
        if (owner == taken_.end()) return hand_over(actual);
        waiting.push_back(owner->second);
      }
    }
  }

 private:
  void hand_over(std::size_t actual) {
    for (std::optional<std::size_t> free = actual; free;) {
      std::size_t const gets_it = asked_by_.at(*free);
      auto const given_up = assigned_[gets_it];
      assigned_[gets_it] = free;
      taken_[*free] = gets_it;
      free = given_up;
    }
  }

  call_candidates const& candidates_;
  call_assignment& assigned_;
  taken_by& taken_;
  std::unordered_map<std::size_t, std::size_t> asked_by_;  // actual -> expected that found it in this search
};

// One link of a growing chain of (expected, actual) pairs.
struct link {
  std::size_t expected;
  std::size_t actual;
  std::optional<std::size_t> before;
};

}  // namespace

call_assignment assign_most(call_candidates const& candidates) {
  call_assignment assigned(candidates.size());
  taken_by taken;
  for (std::size_t i = 0; i < candidates.size(); ++i) exchange(candidates, assigned, taken).find_call_for(i);
  return assigned;
}

call_assignment assign_most_in_order(call_candidates const& candidates) {
  // A longest increasing subsequence of the actual calls; within one expected call they are looked at from
  // the last, so that none can follow another.
  std::vector<link> links;
  std::vector<std::size_t>
      ends;  // ends[n]: the link with the smallest actual call that ends a chain of n + 1
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    for (auto actual = candidates[i].rbegin(); actual != candidates[i].rend(); ++actual) {
      auto const place =
          std::lower_bound(ends.begin(), ends.end(), *actual,
                           [&](std::size_t end, std::size_t a) { return links[end].actual < a; });
      std::optional<std::size_t> before;
      if (place != ends.begin()) before = *(place - 1);
      links.push_back({i, *actual, before});
      if (place == ends.end()) {
        ends.push_back(links.size() - 1);
      } else {
        *place = links.size() - 1;
      }
    }
  }
  call_assignment assigned(candidates.size());
  for (std::optional<std::size_t> at = ends.empty() ? std::nullopt : std::optional(ends.back()); at;
       at = links[*at].before)
    assigned[links[*at].expected] = links[*at].actual;
  return assigned;
}

}  // namespace parley
