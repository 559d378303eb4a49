// A pulled object as a file holds it: Parley's own form with `id` and `versions`; the create call with them
// where it has keys that only the Amigo dialect knows, or where `amigo` asks for it; a document as it is.
#pragma once

#include "runner/inputs/scenario.hpp"

#include <nlohmann/json_fwd.hpp>

#include <variant>

namespace parley {

nlohmann::ordered_json object_file(std::variant<scenario, persona> const& held, bool amigo);

}  // namespace parley
