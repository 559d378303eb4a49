#include "runner/failure.hpp"

#include <stdexcept>

namespace parley {

void throw_exception_from_error(failure const& f, boost::source_location const&) {
  throw std::logic_error("unchecked failure: " + f.detail);
}

}  // namespace parley
