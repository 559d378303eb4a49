// Untrusted text made fit for XML 1.0 and for the build servers that read it: no forbidden code points, no
// terminal sequences, no live attachment token.
#pragma once

#include <string>
#include <string_view>

namespace parley {

// Malformed UTF-8, surrogates, forbidden code points, U+FFFE and U+FFFF become U+FFFD; terminal sequences are
// taken out, also when they are cut in half; `[[ATTACHMENT|` becomes `[ [ATTACHMENT|`.
std::string cleaned_for_xml(std::string_view text);

// Cleaned and escaped, as element content and as the value of an attribute in double quotes.
void append_xml_text(std::string& out, std::string_view text);
void append_xml_attribute(std::string& out, std::string_view text);

}  // namespace parley
