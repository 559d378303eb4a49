// The two syntaxes behind `located_tree`: each reads a whole, well-formed UTF-8 text into the assembler and
// throws `document_refusal` where it cannot go on.
#pragma once

#include "adapters/formats/text_positions.hpp"
#include "adapters/formats/tree_assembler.hpp"

#include <string_view>

namespace parley {

void read_yaml(std::string_view text, text_positions& positions, tree_assembler& into);
void read_json(std::string_view text, text_positions& positions, tree_assembler& into);

// A node for the text of a number in JSON's grammar; nullopt when it is none, or out of range.
std::optional<located_tree> number_node(std::string_view text);

}  // namespace parley
