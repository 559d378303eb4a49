// Who may do what in the registry: roles and the permissions they bundle.
#pragma once

#include "runner/registry/registry_object.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace parley {

// Each includes the one before.
enum class caller_role { reader, runner, editor, admin };
std::string_view to_text(caller_role role);
std::optional<caller_role> parse_caller_role(std::string_view text);

// Whoever sent a request, once it is known.
struct caller {
  caller() = default;
  caller(std::string o, std::string u, caller_role r)
      : organization(std::move(o)), user(std::move(u)), role(r) {}

  std::string organization;
  std::string user;
  caller_role role = caller_role::reader;
};

enum class object_action { create, modify, get, remove, cancel, evaluate };

bool may(caller_role role, object_action action, object_kind kind);

// "Simulation:CreateSimulationScenario", as the services name it.
std::string permission_name(object_action action, object_kind kind);

}  // namespace parley
