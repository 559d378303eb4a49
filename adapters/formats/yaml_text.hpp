// JSON values written as YAML that a person wants to read and our own reader takes back unchanged.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace parley {

// Maps as blocks in the order given; a text is quoted wherever a plain one could be taken for something else.
std::string to_yaml(nlohmann::ordered_json const& value);

}  // namespace parley
