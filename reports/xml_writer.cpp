#include "reports/xml_writer.hpp"

#include "reports/xml_text.hpp"

#include <ostream>

namespace parley {

xml_writer::xml_writer(std::ostream& out) : out_(out) {
  out_ << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
}

void xml_writer::indent(std::size_t depth) {
  out_ << '\n' << std::string(2 * depth, ' ');
}

void xml_writer::end_tag_head() {
  if (in_tag_) out_ << '>';
  in_tag_ = false;
}

void xml_writer::open(std::string_view name) {
  end_tag_head();
  if (!open_.empty()) open_.back().has_elements = true;
  indent(open_.size());
  out_ << '<' << name;
  in_tag_ = true;
  open_.push_back({std::string(name)});
}

void xml_writer::attribute(std::string_view name, std::string_view value) {
  scratch_.clear();
  append_xml_attribute(scratch_, value);
  out_ << ' ' << name << "=\"" << scratch_ << '"';
}

void xml_writer::attribute(std::string_view name, long value) {
  attribute(name, std::to_string(value));
}

void xml_writer::text(std::string_view content) {
  scratch_.clear();
  append_xml_text(scratch_, content);
  end_tag_head();
  open_.back().has_text = true;
  out_ << scratch_;
}

void xml_writer::trusted_text(std::string_view content) {
  end_tag_head();
  open_.back().has_text = true;
  for (char const c : content) {
    if (c == '&') {
      out_ << "&amp;";
    } else if (c == '<') {
      out_ << "&lt;";
    } else if (c == '>') {
      out_ << "&gt;";
    } else {
      out_ << c;
    }
  }
}

void xml_writer::close() {
  auto const last = open_.back();
  open_.pop_back();
  if (in_tag_) {
    out_ << "/>";
    in_tag_ = false;
  } else {
    if (last.has_elements && !last.has_text) indent(open_.size());
    out_ << "</" << last.name << '>';
  }
  if (open_.empty()) out_ << '\n';
}

void xml_writer::element(std::string_view name, std::string_view content) {
  open(name);
  text(content);
  close();
}

}  // namespace parley
