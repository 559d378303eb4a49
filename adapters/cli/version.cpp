#include "adapters/cli/version.hpp"

namespace parley {

std::string_view parley_version() {
  return PARLEY_VERSION;
}

}  // namespace parley
