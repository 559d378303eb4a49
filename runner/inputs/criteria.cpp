#include "runner/inputs/criteria.hpp"

#include <algorithm>

namespace parley {
namespace {

// Questions and checks hold or don't, however often they are asked.
template <class T>
void add_once(std::vector<T>& into, std::vector<T> const& from) {
  for (auto const& entry : from)
    if (std::find(into.begin(), into.end(), entry) == into.end()) into.push_back(entry);
}

// Two equal expected calls in one list ask for two calls; an entry of both lists asks for one.
std::vector<expected_action> united_actions(std::vector<expected_action> const& a,
                                            std::vector<expected_action> const& b) {
  auto all = a;
  auto unpaired = a;
  for (auto const& entry : b) {
    auto const twin = std::find(unpaired.begin(), unpaired.end(), entry);
    if (twin == unpaired.end()) {
      all.push_back(entry);
    } else {
      unpaired.erase(twin);
    }
  }
  return all;
}

}  // namespace

bool criteria::empty() const {
  return actions.empty() && nl_assertions.empty() && checks.empty() && metrics.empty();
}

criteria united(criteria const& a, criteria const& b) {
  criteria all;
  all.actions = united_actions(a.actions, b.actions);
  all.actions_ordered = a.actions_ordered || b.actions_ordered;
  for (auto const* part : {&a, &b}) {
    add_once(all.nl_assertions, part->nl_assertions);
    add_once(all.checks, part->checks);
    add_once(all.metrics, part->metrics);
  }
  return all;
}

std::string_view to_text(check_kind kind) {
  switch (kind) {
    case check_kind::contains:
      return "contains";
    case check_kind::not_contains:
      return "not_contains";
    case check_kind::equals:
      return "equals";
    case check_kind::matches:
      return "matches";
    case check_kind::not_matches:
      return "not_matches";
    case check_kind::mentions:
      return "mentions";
    case check_kind::not_mentions:
      return "not_mentions";
    case check_kind::tool_called:
      return "tool_called";
    case check_kind::tool_not_called:
      return "tool_not_called";
    case check_kind::ended_by:
      return "ended_by";
    case check_kind::max_turns:
      return "max_turns";
    case check_kind::turn_latency:
      return "turn_latency";
    case check_kind::json_schema:
      return "json_schema";
  }
  return {};
}

std::string_view to_text(requestor by) {
  return by == requestor::assistant ? "assistant" : "user";
}

}  // namespace parley
