// Untrusted text in Markdown. It only ever stands in code: there nothing is markup, no name is mentioned, no
// number becomes a link and no address an image.
#pragma once

#include <string>
#include <string_view>

namespace parley {

// `text` in one line between backticks. In a table a bar would end the cell.
enum class markdown_place { line, table };
std::string code_span(std::string_view text, markdown_place place = markdown_place::line);

// Lines between fences that no line of the text can close.
std::string code_block(std::string_view text, std::string_view language = "text");

}  // namespace parley
