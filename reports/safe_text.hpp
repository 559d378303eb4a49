// Untrusted text made harmless for terminals and for the logs of build servers.
#pragma once

#include <string>
#include <string_view>

namespace parley {

// Control characters, escape sequences, noncharacters and direction overrides become visible (`\x1b[31m`),
// malformed UTF-8 U+FFFD; `::`, `##[`, `##vso[` and `##teamcity[` are broken wherever they stand. Newlines
// and tabs stay.
std::string safe_text(std::string_view text);
// The same in one line: newlines and tabs become visible too.
std::string safe_line(std::string_view text);

// A character that readers cannot see, or that would mislead them, as they see it: `\x1b`, `\r`, `\u202e`.
void append_visible(std::string& out, char32_t value);

// Every line of the text made safe and put behind `gutter`; ends in a newline.
void append_in_gutter(std::string& out, std::string_view gutter, std::string_view text);

}  // namespace parley
