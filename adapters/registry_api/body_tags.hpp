// Tags as a body writes them: an object of key -> text or null.
#pragma once

#include "runner/inputs/tags.hpp"

#include <nlohmann/json_fwd.hpp>

namespace parley {

// Under `tags` of a body of the right shape; keys and values trimmed. Absent or null: none.
tag_map body_tags(nlohmann::json const& body);

}  // namespace parley
