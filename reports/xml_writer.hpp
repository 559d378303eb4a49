// Writes XML element by element to a stream: no document is built. Attribute values and text are untrusted
// and are cleaned on the way (xml_text.hpp).
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

class xml_writer {
 public:
  // Writes the declaration. `out` must outlive the writer.
  explicit xml_writer(std::ostream& out);

  void open(std::string_view name);
  void attribute(std::string_view name, std::string_view value);  // directly after open
  void attribute(std::string_view name, long value);
  void text(std::string_view content);
  // Text of our own that must arrive as it is, such as an attachment token: escaped, not cleaned.
  void trusted_text(std::string_view content);
  void close();  // the element opened last

  // <name>content</name>
  void element(std::string_view name, std::string_view content);

 private:
  struct level {
    std::string name;
    bool has_elements = false;
    bool has_text = false;
  };
  void end_tag_head();
  void indent(std::size_t depth);

  std::ostream& out_;
  std::vector<level> open_;
  bool in_tag_ = false;
  std::string scratch_;
};

}  // namespace parley
