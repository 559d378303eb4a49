// The JSON Schema of the lines of events.jsonl, as `parley schema events` prints it. A test holds it against
// what is really written.
#pragma once

#include <string_view>

namespace parley {

std::string_view event_schema();

}  // namespace parley
