// What answers of language models used up: tokens, and money where the model's prices are known.
#pragma once

#include <cstdint>
#include <optional>

namespace parley {

struct spending {
  std::int64_t requests = 0;
  std::int64_t input_tokens = 0;
  std::int64_t output_tokens = 0;
  std::optional<double> cost;  // in the prices' currency; nullopt: no price is known for any of it

  bool empty() const { return requests == 0; }
  spending& operator+=(spending const& other) {
    requests += other.requests;
    input_tokens += other.input_tokens;
    output_tokens += other.output_tokens;
    if (other.cost) cost = cost.value_or(0) + *other.cost;
    return *this;
  }
  friend bool operator==(spending const&, spending const&) = default;
};

// Who used it up.
struct party_spending {
  spending agent;
  spending user;
  spending judge;

  spending total() const {
    spending all = agent;
    all += user;
    all += judge;
    return all;
  }
  bool empty() const { return agent.empty() && user.empty() && judge.empty(); }
  party_spending& operator+=(party_spending const& other) {
    agent += other.agent;
    user += other.user;
    judge += other.judge;
    return *this;
  }
  friend bool operator==(party_spending const&, party_spending const&) = default;
};

}  // namespace parley
