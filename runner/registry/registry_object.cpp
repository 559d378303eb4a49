#include "runner/registry/registry_object.hpp"

namespace parley {

std::string_view to_text(object_kind kind) {
  switch (kind) {
    case object_kind::organization:
      return "organization";
    case object_kind::user:
      return "user";
    case object_kind::api_key:
      return "api_key";
    case object_kind::scenario:
      return "scenario";
    case object_kind::persona:
      return "persona";
    case object_kind::unit_test:
      return "unit_test";
    case object_kind::unit_test_set:
      return "unit_test_set";
    case object_kind::unit_test_set_run:
      return "unit_test_set_run";
    case object_kind::metric:
      return "metric";
    case object_kind::simulation:
      return "simulation";
    case object_kind::simulation_run:
      return "simulation_run";
  }
  return "object";
}

}  // namespace parley
