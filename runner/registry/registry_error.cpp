#include "runner/registry/registry_error.hpp"

#include <stdexcept>

namespace parley {

void throw_exception_from_error(registry_error const& e, boost::source_location const&) {
  throw std::logic_error("registry error not looked at: " + e.detail);
}

}  // namespace parley
