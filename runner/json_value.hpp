// An immutable JSON value that is cheap to copy and needs only nlohmann's forward declarations to hold.
// Values from outside have been depth-limited (128) by the function that parsed them.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace parley {

class json_value {
 public:
  json_value() noexcept = default;            // null
  explicit json_value(nlohmann::json value);  // takes the value over
  static json_value of_string(std::string text);

  nlohmann::json const& get() const noexcept;
  bool is_null() const noexcept;
  // Compact text; malformed UTF-8 becomes U+FFFD.
  std::string dump() const;

  // JSON equality: numbers by mathematical value, exactly, also beyond 2^53; `true` is not 1.
  friend bool operator==(json_value const& a, json_value const& b);

 private:
  std::shared_ptr<nlohmann::json const> value_;  // empty = null
};

// The same equality on nlohmann's own type.
bool json_equal(nlohmann::json const& a, nlohmann::json const& b);

// Appends `text` as a quoted JSON string; malformed UTF-8 becomes U+FFFD. The hot paths write JSON with
// this instead of building a document first.
void append_quoted(std::string& out, std::string_view text);

// Parses JSON that came from outside. Depth at most 128, no duplicate checks, the whole text must be one
// value. On failure `error` says what and where ("... at byte 17") and null is returned with ok = false.
struct parsed_json {
  bool ok = false;
  json_value value;
  std::string error;
};
parsed_json parse_json(std::string_view text);

}  // namespace parley
