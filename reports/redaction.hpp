// Keeps secrets out of every artifact: wherever one stands in a text, `***` stands instead. Costs nothing
// when there are no secrets. Immutable after construction; may be used from any thread.
#pragma once

#include "runner/json_value.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace parley {

struct trial_detail;
struct trial_record;
struct trial_error;

class redaction {
 public:
  redaction() = default;
  // Secrets shorter than 6 bytes are ordinary text.
  explicit redaction(std::vector<std::string> secrets);

  bool empty() const noexcept { return forms_.empty(); }

  // Finds secrets as they are, JSON-escaped and percent-encoded. An excerpt that begins with the end of a
  // secret, or ends with the beginning of one (6 bytes or more of it), is masked there too; so is text that
  // stands beside an ellipsis.
  std::string operator()(std::string text) const;
  // Strings, keys and numbers inside a value. The value itself is returned when nothing is secret in it.
  json_value operator()(json_value value) const;

  void apply(trial_detail& detail) const;
  void apply(trial_error& error) const;
  void apply(std::string& text) const;
  void apply(json_value& value) const;

 private:
  std::vector<std::string> forms_;  // every way a secret may be written, longest first
};

}  // namespace parley
