#include "reports/json_append.hpp"

#include "runner/inputs/local_time.hpp"

#include <cmath>

namespace parley {

void append_number(std::string& out, double value) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  char digits[32];
  auto const end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, end);
}

void json_object_writer::time(std::string_view key, wall_time at) {
  auto& out = member(key);
  out += '"';
  append_rfc3339(out, at);
  out += '"';
}

void json_object_writer::value(std::string_view key, json_value const& value) {
  if (value.is_null()) {
    null(key);
  } else {
    member(key) += value.dump();
  }
}

}  // namespace parley
