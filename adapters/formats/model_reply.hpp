// What language models answer, the same for every wire format: the answer, the tokens it used up, and its
// tool calls put together from pieces.
#pragma once

#include "runner/failure.hpp"
#include "runner/ports/language_model.hpp"
#include "runner/spending.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace parley {

struct token_usage {
  std::int64_t input = 0;         // all of them, cached ones too
  std::int64_t cached_input = 0;  // those of `input` that a cache served
  std::int64_t output = 0;
  bool told = false;  // false: the server said nothing about it
};

// In any currency, per million tokens.
struct model_prices {
  double input = 0;
  double output = 0;
  std::optional<double> cached_input;  // nullopt: as `input`
};

// One request that used this up. No cost without prices, or when the server did not tell its usage.
spending spent(token_usage const& used, std::optional<model_prices> const& prices);

struct model_reply {
  model_answer answer;  // `used` is left empty: prices are not known here
  token_usage usage;
};

// One tool call as it came over the wire.
struct call_pieces {
  std::string id;
  std::string name;
  std::string arguments;  // JSON text, or empty
};

// Adds the calls to the answer; those without an id get one that counts from `calls_seen`. A call whose
// arguments the limit of tokens has cut off is left out. Failure: agent_protocol, for arguments that are no
// JSON object and calls without a name.
std::optional<failure> add_calls(std::vector<call_pieces> const& calls, int calls_seen, model_answer& into);

}  // namespace parley
