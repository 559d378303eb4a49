// Anthropic messages: bytes of requests, and what a model turned out not to take. Replies:
// anthropic_reply.hpp. No I/O.
#pragma once

#include "adapters/formats/provider_error.hpp"
#include "runner/ports/language_model.hpp"

#include <string>
#include <string_view>

namespace parley {

// The format demands a limit of every request.
inline constexpr int default_max_tokens = 4096;

// What the model takes, as far as is known; it begins with everything and only ever loses.
struct anthropic_dialect {
  bool temperature = true;
  bool forced_tool = true;  // else the shape is asked for in words

  // Takes out what the server, sent `request` in this dialect, refused by name. False: nothing of the kind.
  bool drop_refused(model_request const& request, int status, provider_error const& error);
  void learn(anthropic_dialect const& other);  // loses what `other` has lost
};

// System messages go apart, consecutive messages of one speaker become one, and the first and the last are
// the user's. A shape is a tool that has to be called (one of all tools, when there are others). The format
// knows no seed.
std::string write_anthropic_request(std::string_view model, model_request const& request, int max_tokens,
                                    bool stream, anthropic_dialect const& dialect);

}  // namespace parley
