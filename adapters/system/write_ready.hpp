// Writing to a pipe, a terminal or a file without ever waiting for whoever reads it.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace parley {

// Writes as much as is taken at once, whole lines as long as they are short; returns how much that was.
// nullopt: it cannot be written to at all, its reader is gone or its disk is full.
std::optional<std::size_t> write_ready(int descriptor, std::string_view bytes);

}  // namespace parley
