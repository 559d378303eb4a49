// Who the simulated user is: name and role with numbered, immutable versions.
#pragma once

#include "runner/identifiers.hpp"
#include "runner/inputs/source_position.hpp"
#include "runner/inputs/tags.hpp"
#include "runner/json_value.hpp"

#include <optional>
#include <string>
#include <vector>

namespace parley {

// Absent or `{}` falls back to the project's; a written null means explicitly none.
struct inheritable_text {
  enum class kind { inherited, none, given };
  kind which = kind::inherited;
  std::string text;     // language: ISO 639-3 code; timezone: IANA name
  std::string written;  // exactly as the file had it (a two-letter code, say)
  friend bool operator==(inheritable_text const&, inheritable_text const&) = default;
};

struct persona_version {
  int number = 1;
  std::string background;
  inheritable_text preferred_language;
  inheritable_text timezone;
  std::vector<std::string> user_models;
  json_value user_variables;            // object or null
  json_value sensitive_user_variables;  // object or null; for the agent only, never judge, logs or reports
  json_value extra;                     // foreign keys, kept and given back
  std::string digest;                   // 64 hex digits; filled by whoever loaded the version
};

struct persona {
  persona_id id;
  std::string name;
  std::string role;
  tag_map tags;
  std::vector<persona_version> versions;  // ascending numbers, at least one
  json_value extra;                       // foreign keys beside the versions (Amigo), kept and given back
  source_position where;

  persona_version const& latest() const { return versions.back(); }
};

}  // namespace parley
