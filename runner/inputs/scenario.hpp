// What the simulated user is trying to accomplish: a name with numbered, immutable versions.
#pragma once

#include "runner/conversation/message.hpp"
#include "runner/identifiers.hpp"
#include "runner/inputs/criteria.hpp"
#include "runner/inputs/persona.hpp"
#include "runner/inputs/source_position.hpp"
#include "runner/inputs/tags.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace parley {

enum class initial_message_type { user_message, external_event, skip };

struct script_reply {
  std::optional<std::string> when;  // RE2, unanchored, case-insensitive; absent = always
  std::optional<std::string> say;
  bool once = false;
  bool end = false;  // `then: end`
  friend bool operator==(script_reply const&, script_reply const&) = default;
};

struct user_script {
  std::vector<script_reply> replies;
  std::optional<std::string> otherwise;
  friend bool operator==(user_script const&, user_script const&) = default;
};

struct mock_case {
  json_value arguments;
  std::optional<std::vector<std::string>> compare_args;
  json_value return_value;
  bool is_error = false;
  friend bool operator==(mock_case const&, mock_case const&) = default;
};

struct action_mock {
  json_value default_return_value;
  bool default_is_error = false;
  std::vector<mock_case> cases;  // the first that matches wins
  friend bool operator==(action_mock const&, action_mock const&) = default;
};

struct scenario_environment {
  json_value variables;  // object or null; names may contain dots
  std::vector<message> message_history;
  std::map<std::string, action_mock> action_mocks;  // by exact tool name
};

struct scenario_version {
  int number = 1;
  std::string objective;
  std::string instructions;
  initial_message_type opening = initial_message_type::user_message;
  std::optional<std::chrono::sys_time<std::chrono::milliseconds>> conversation_starts_at;
  std::optional<std::string> initial_message;
  std::optional<user_script> script;
  scenario_environment environment;
  criteria evaluation;
  json_value extra;    // foreign keys of the version (Amigo, Eqho), kept and given back
  std::string digest;  // 64 hex digits; filled by whoever loaded the version
};

enum class input_dialect { parley, amigo, eqho };

struct scenario {
  scenario_id id;
  std::string name;
  tag_map tags;
  std::vector<scenario_version> versions;  // ascending numbers, at least one
  input_dialect dialect = input_dialect::parley;
  json_value extra;             // foreign keys beside the versions (Amigo), kept and given back
  std::optional<persona> lead;  // the own persona of an Eqho document, named `lead`
  source_position where;

  scenario_version const& latest() const { return versions.back(); }
};

std::string_view to_text(initial_message_type type);  // "user-message", ...

}  // namespace parley
