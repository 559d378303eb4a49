// Objects in the organisation "" that say which runs are unfinished, so that a server finds them again.
#pragma once

#include "runner/ports/registry_store.hpp"

namespace parley {

// Has the run's kind and id.
object_key run_marker_key(object_key const& run);
new_object run_marker(object_key const& run);
// The run that a marker stands for.
object_key marked_run(registry_object const& marker);

}  // namespace parley
