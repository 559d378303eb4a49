// The reasons that providers of language models give when they refuse a request. Their shapes differ; each is
// read as far as it goes. No I/O.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace parley {

struct provider_error {
  std::string message;  // one printable line; empty: the body said nothing
  std::string about;    // the parameter it is about, when told apart from the message

  // The error speaks of this word, as a whole word and without regard to case.
  bool names(std::string_view word) const;
};

// Of an error reply's body, JSON or not.
provider_error read_provider_error(std::string_view body);

// The same of what stands under `error` in a reply: an object or a text.
provider_error provider_error_in(nlohmann::json const& error);

// The message for a person: secrets hidden, no longer than a line or two. ": " goes before it unless it is
// empty.
std::string reason_text(provider_error const& error, std::vector<std::string> const& secrets);

// Every occurrence of each secret becomes `***`; ones of fewer than 4 characters are left alone.
std::string without_secrets(std::string text, std::vector<std::string> const& secrets);

}  // namespace parley
