// Whether one object is among those a filter names.
#pragma once

#include "runner/registry/list_query.hpp"

namespace parley {

bool holds(object_filter const& filter, registry_object const& object);

}  // namespace parley
