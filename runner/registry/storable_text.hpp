// What every store can hold: text without U+0000 that is UTF-8. JSON bodies are free, they escape it.
#pragma once

#include "runner/ports/registry_store.hpp"

namespace parley {

bool is_storable(std::string_view text);
bool is_storable(object_key const& key);
bool is_storable(object_filter const& filter);

// `invalid` and which field; success when all of it can be stored.
registry_outcome<void> check_storable(registry_object const& object);
registry_outcome<void> check_storable(creation const& what);

registry_error unstorable_question();

}  // namespace parley
