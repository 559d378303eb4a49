// The questions that a small and a large registry are asked. Each gets as many answers from both, so that
// what differs is what it takes to find them.
#pragma once

#include "runner/ports/registry_store.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <vector>

namespace parley::bench {

// A store filled with `count` of `sample_scenario`.
struct subject {
  registry_store* store;
  int count;
};

struct scale_question {
  using answer = std::function<boost::asio::awaitable<std::size_t>(subject, int round)>;
  scale_question(char const* n, answer a) : name(n), ask(std::move(a)) {}
  char const* name;
  answer ask;  // returns how many it found
};

std::vector<scale_question> scale_questions();

}  // namespace parley::bench
