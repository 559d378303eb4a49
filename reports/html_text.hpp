// Untrusted text made harmless inside an HTML page.
#pragma once

#include <string>
#include <string_view>

namespace parley {

// For the text of an element and for attribute values in double quotes. Control characters and direction
// overrides become visible, malformed UTF-8 U+FFFD.
void append_html(std::string& out, std::string_view text);
std::string html_text(std::string_view text);

// JSON that stands inside a <script> element: nothing in it can end the element, open a comment or end a line
// of a script.
void append_script_json(std::string& out, std::string_view json);

// The address of a folder beside the page: "./report.files".
std::string folder_address(std::string_view name);

// A value in a link's fragment: "#?t=refunds/late@angry". Safe inside an attribute too.
void append_fragment(std::string& out, std::string_view value);

}  // namespace parley
