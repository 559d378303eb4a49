#include "runner/registry/permissions.hpp"

namespace parley {
namespace {

bool belongs_to_admins(object_kind kind) {
  return kind == object_kind::organization || kind == object_kind::user || kind == object_kind::api_key;
}

bool is_run(object_kind kind) {
  return kind == object_kind::unit_test_set_run || kind == object_kind::simulation ||
         kind == object_kind::simulation_run;
}

caller_role least_role(object_action action, object_kind kind) {
  if (belongs_to_admins(kind)) return caller_role::admin;
  if (action == object_action::get) return caller_role::reader;
  if (is_run(kind) || action == object_action::evaluate) return caller_role::runner;
  return caller_role::editor;
}

std::string_view verb(object_action action) {
  switch (action) {
    case object_action::create:
      return "Create";
    case object_action::modify:
      return "Modify";
    case object_action::get:
      return "Get";
    case object_action::remove:
      return "Delete";
    case object_action::cancel:
      return "Cancel";
    case object_action::evaluate:
      return "Evaluate";
  }
  return "Get";
}

// "unit_test_set" -> "UnitTestSet"
std::string camel_case(std::string_view snake) {
  std::string camel;
  bool upper = true;
  for (char const c : snake) {
    if (c != '_') camel += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    upper = c == '_';
  }
  return camel;
}

}  // namespace

std::string_view to_text(caller_role role) {
  switch (role) {
    case caller_role::reader:
      return "reader";
    case caller_role::runner:
      return "runner";
    case caller_role::editor:
      return "editor";
    case caller_role::admin:
      return "admin";
  }
  return "reader";
}

std::optional<caller_role> parse_caller_role(std::string_view text) {
  for (auto const role : {caller_role::reader, caller_role::runner, caller_role::editor, caller_role::admin})
    if (to_text(role) == text) return role;
  return std::nullopt;
}

bool may(caller_role role, object_action action, object_kind kind) {
  return role >= least_role(action, kind);
}

std::string permission_name(object_action action, object_kind kind) {
  std::string const name = camel_case(to_text(kind));
  if (kind == object_kind::metric) return "Metric:" + std::string(verb(action)) + name;
  return "Simulation:" + std::string(verb(action)) + "Simulation" + name;
}

}  // namespace parley
